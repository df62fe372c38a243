using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary>Options that all of these commands have, and how they run.</summary>
internal sealed class EntraOptions(EntraContext context)
{
    public Option<string> Config { get; } = SettingsSource.Option();

    public Option<string> Auth { get; } = SignIn.Option();

    public EntraContext Context => context;

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask." };

    /// <summary>Reads psoxy.yaml, signs in, and runs.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<EntraSession, Task<int>> run, CancellationToken cancellation)
    {
        var io = parsed.InvocationConfiguration;
        var file = parsed.GetRequiredValue(Config);
        if (SettingsSource.Read(file, io.Error) is not { } settings) return ExitCode.InvalidFile;
        using var session = await EntraSession.OpenAsync(context, file, settings, parsed.GetRequiredValue(Auth), io, cancellation);
        return await run(session);
    }

    /// <summary>Asks, unless told not to.</summary>
    /// <exception cref="UsageException">There is nobody to ask.</exception>
    public bool Confirm(bool yes, string question) =>
        yes || (context.Confirm ?? throw new UsageException("there is no terminal to ask on: --yes says that nobody need be asked."))(question);
}
