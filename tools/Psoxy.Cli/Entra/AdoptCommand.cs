using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra adopt</c>: takes over an application that somebody else made. Its owner needs no directory role.</summary>
internal static class AdoptCommand
{
    public static Command Create(EntraOptions options)
    {
        var connector = new Option<string>("--connector", "-c") { Description = "For whom.", HelpName = "CONNECTOR", Required = true };
        var id = new Argument<string>("ID") { Description = "The application's client id or object id." };
        var force = new Option<bool>("--force") { Description = "Also where psoxy.yaml names another application." };
        var command = new Command("adopt", "Take over an existing application: its client id goes into psoxy.yaml. 'apply' then makes it what it should be.") { id, connector, force, options.Config, options.Auth };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            if (!Guid.TryParseExact(parsed.GetRequiredValue(id), "D", out var given)) throw new UsageException("ID is a GUID: the client id or the object id of an application.");
            var chosen = SettingsSource.Choose(session.Settings, parsed.GetRequiredValue(connector));
            return await RunAsync(session, chosen, given.ToString("D"), parsed.GetValue(force), cancellation);
        }, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(EntraSession session, ConnectorSettings connector, string id, bool force, CancellationToken cancellation)
    {
        var application = await FindAsync(session, id, cancellation);
        if (connector.ClientId is { } known && known != application.ClientId && !force)
            throw new UsageException($"psoxy.yaml has another application for {connector.Connector.Id}, {known}: --force takes this one instead.");
        if (session.Settings.Connectors.FirstOrDefault(other => other != connector && other.ClientId == application.ClientId) is { } taken)
            throw new UsageException($"'{application.DisplayName}' is the application of {taken.Connector.Id}: each connector has its own, so that none may read what another needs.");
        await TellOwnershipAsync(session, application, cancellation);
        session.Output.WriteLine(SettingsEdit.SetClientId(session.File, connector.Connector.Id, application.ClientId)
            ? $"clientId {application.ClientId} is written into {session.File}. Next: 'psoxy entra plan' shows what 'psoxy entra apply' will change in it."
            : $"Write 'clientId: {application.ClientId}' below {connector.Connector.Id} in {session.File}; then 'psoxy entra plan' shows what 'psoxy entra apply' will change in it.");
        return ExitCode.Ok;
    }

    private static async Task<TenantApplication> FindAsync(EntraSession session, string id, CancellationToken cancellation)
    {
        if (await session.Reader.ByClientIdAsync(id, cancellation) is { } byClientId)
        {
            session.Output.WriteLine($"{id} is the client id of '{byClientId.DisplayName}' (object id {byClientId.ObjectId}).");
            return byClientId;
        }

        if (await session.Reader.ByObjectIdAsync(id, cancellation) is { } byObjectId)
        {
            session.Output.WriteLine($"{id} is the object id of '{byObjectId.DisplayName}', not its client id, which is {byObjectId.ClientId}.");
            return byObjectId;
        }

        if (await session.Reader.ClientIdOfPrincipalAsync(id, cancellation) is { } clientId && await session.Reader.ByClientIdAsync(clientId, cancellation) is { } ofPrincipal)
        {
            session.Output.WriteLine($"{id} is the object id of an enterprise application (service principal); the application behind it is '{ofPrincipal.DisplayName}', client id {ofPrincipal.ClientId}.");
            return ofPrincipal;
        }

        throw new EntraException($"the tenant has no application with the client id or object id {id}. Check 'tenant' in psoxy.yaml; an application that was made seconds ago may need a minute.");
    }

    // Nobody but Graph knows for sure who may change it; who is not an owner is told before a refusal tells them.
    private static async Task TellOwnershipAsync(EntraSession session, TenantApplication application, CancellationToken cancellation)
    {
        var me = await session.Api.GetAsync("/me?$select=id", cancellation);
        if (!me.IsSuccess || (string?)me.Body?["id"] is not { } id) return;
        session.Output.WriteLine(application.Owners.Contains(id, StringComparer.OrdinalIgnoreCase)
            ? "You are an owner of it, and need no directory role to change it."
            : $"You are not an owner of it: only with the role Application Administrator or Cloud Application Administrator will you be able to change it. An owner can make you one: az ad app owner add --id {application.ClientId} --owner-object-id {id}");
    }
}
