using Psoxy.Classification.Docs;
using Psoxy.Core.Entra;

namespace Psoxy.Cli.Entra;

/// <summary>docs/entra-errors.md, from the data that the function uses.</summary>
internal static class ErrorsPage
{
    public static string Write()
    {
        var page = new Markdown();
        page.Heading(1, "Errors of Entra");
        page.Paragraph("What Entra's token endpoint may answer to a connector, what causes it, and what to do. Written by `psoxy entra errors --out docs/entra-errors.md` from "
            + "`connectors/entra-errors.yaml`; a test finds it stale. `psoxy entra explain AADSTS700213` looks one up, and finds the codes in a whole message as well.");
        page.Paragraph("A function answers 500 `CONNECTION_SETUP` with code, cause and fix, or 503 `CONNECTION_TO_SOURCE` with `Retry-After` where it passes by itself. Of Entra's own answer it "
            + "shows the code, the trace id, the correlation id and the time, by which the tenant's sign-in logs find it, and nothing else: the text names tenants and applications.");
        page.Paragraph("A token without roles is no error of Entra's. It is made all the same, and Graph answers 403: see `missingRoles` of the [health check](health.md).");
        page.Paragraph("*Seen*: measured is in an answer of the real Entra that somebody published, documented is in Microsoft's documentation, reported is known from practice.");
        page.Table("code|cause|what to do|try again|seen", EntraErrorCatalog.All.OrderBy(error => error.Code).Select(error => (string[])
            [$"AADSTS{error.Code}", error.Cause, error.Fix, ErrorWords.Of(error.Retry), ErrorWords.Of(error.Seen)]));
        return page.ToString();
    }
}
