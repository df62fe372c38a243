using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Gathering;

/// <summary>Asks gcloud, several questions at a time: each takes a second. Changes nothing.</summary>
internal sealed partial class GoogleReader(CancellationToken cancellation) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(Math.Clamp(2 * Environment.ProcessorCount, 4, 8));

    /// <summary>Who is signed in: missing for nobody, failed where there is no gcloud.</summary>
    public async Task<Fact<string>> EngineerAsync()
    {
        var answer = await RunAsync(["auth", "list", "--filter=status:ACTIVE", "--format=value(account)"]);
        if (answer is null) return new(Standing.Failed, null, "gcloud is not on this machine");
        if (!answer.IsSuccess) return new(Standing.Failed, null, "gcloud does not run: " + answer.Problem);
        var account = answer.Output.Trim();
        return account.Length > 0 ? Fact.Known(account) : new(Standing.Missing, null, "nobody is signed in to gcloud");
    }

    /// <summary>One thing as JSON.</summary>
    /// <param name="what">What is asked for, as a sentence calls it.</param>
    /// <param name="arguments">gcloud's.</param>
    public async Task<Fact<JsonNode>> AskAsync(string what, params string[] arguments)
    {
        var answer = await RunAsync([.. arguments, "--format=json"]);
        if (answer is null) return new(Standing.Failed, null, "gcloud is not on this machine");
        if (answer.IsDisabled) return new(Standing.Disabled, null, $"the API that knows {what} is not enabled");
        if (answer.IsMissing) return new(Standing.Missing, null, $"there is nothing like {what}");
        if (answer.IsSuccess) return Parse(answer.Output) is { } found ? Fact.Known(found) : new(Standing.Failed, null, $"gcloud's answer about {what} is not JSON");
        return RefusedPattern().IsMatch(answer.Error) ? new(Standing.Refused, null, $"you may not read {what}") : new(Standing.Failed, null, $"gcloud does not tell {what}: {answer.Problem}");
    }

    /// <summary>An identity token of whoever is signed in, good for a URL; <c>null</c> and why where there is none. Never shown, and in no argument.</summary>
    public async Task<(string? Token, string Why)> IdentityTokenAsync(string engineer, string url)
    {
        // A service account's must be for the URL; a person's is for gcloud, which Cloud Run takes too, and cannot be for anything else. Who acts as an account by configuration is like it.
        string[][] ways = [["auth", "print-identity-token", "--audiences=" + url], ["auth", "print-identity-token"]];
        if (!engineer.EndsWith(".gserviceaccount.com", StringComparison.Ordinal)) Array.Reverse(ways);
        var why = "";
        foreach (var way in ways)
        {
            var answer = await RunAsync(way);
            if (answer is { IsSuccess: true } && answer.Output.Trim() is { Length: > 0 } token) return (token, "");
            if (why.Length == 0) why = answer?.Problem ?? "gcloud is not on this machine";
        }

        return (null, why);
    }

    public void Dispose() => _slots.Dispose();

    private async Task<GcloudAnswer?> RunAsync(IEnumerable<string> arguments)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return await Gcloud.RunAsync(arguments, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"PERMISSION_DENIED|status=\[403\]|HTTPError 403|does not have permission")]
    private static partial Regex RefusedPattern();
}
