using System.Security.Cryptography.X509Certificates;
using Psoxy.Cli.Entra;
using Psoxy.Emulator;
using Psoxy.Emulator.Entra.Directory;

namespace Psoxy.Cli.Tests.Entra;

/// <summary>A tenant, a psoxy.yaml, and somebody who runs <c>psoxy entra</c>: over real sockets, in this process.</summary>
internal sealed class EntraFixture : IAsyncDisposable
{
    public const string Subject = "104817236459182736451";

    private readonly TemporaryFolder _folder = new();

    private EntraFixture(EmulatorHost emulator) => Emulator = emulator;

    public EmulatorHost Emulator { get; }

    public TenantDirectory Directory => Emulator.Directory;

    public InstantTime Time { get; } = new();

    public FakeGcloud Gcloud { get; } = new();

    public string File => _folder["psoxy.yaml"];

    /// <summary>Object id of whoever runs the commands.</summary>
    public string Me { get; private set; } = "";

    /// <summary>What their token says.</summary>
    public string Token { get; set; } = "";

    /// <summary>What they answer to questions.</summary>
    public Func<string, bool>? Confirm { get; set; }

    public string Path(string name) => _folder[name];

    public static async Task<EntraFixture> StartAsync(string connectors = "  - id: outlook-mail\n    subject: \"" + Subject + "\"\n", string more = "", DirectoryRole role = DirectoryRole.ApplicationAdministrator)
    {
        var fixture = new EntraFixture(await EmulatorHost.StartAsync());
        fixture.Me = (string)fixture.Emulator.Tenant.Users[3]["id"]!;
        fixture.SignIn(role);
        fixture.Write(connectors, more);
        return fixture;
    }

    public void SignIn(DirectoryRole role) => Token = Emulator.Engineers.Token(Me, role);

    public void Write(string connectors, string more = "") =>
        _folder.Write("psoxy.yaml", $"# ours\nproject: acme-psoxy\nregion: us-central1\ntenant: \"{Emulator.Options.TenantId}\"\nconnectors:\n{connectors}{more}");

    public Task<CliRun> RunAsync(string arguments) => RunAsync(arguments.Split(' '));

    public async Task<CliRun> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var tool = Emulator.ToolEnvironment();
        var context = new EntraContext
        {
            Environment = name => name == Cli.Entra.SignIn.TokenVariable ? Token : tool.GetValueOrDefault(name),
            Time = Time,
            Handler = Handler,
            Confirm = Confirm,
            Gcloud = Gcloud.RunAsync,
        };
        var code = await Program.RunAsync(["entra", .. arguments, "--config", File], output, error, context);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs, and expects it to end with this code.</summary>
    public async Task<CliRun> MustAsync(int exitCode, string arguments)
    {
        var run = await RunAsync(arguments);
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), $"{arguments}\n{run.Output}\n{run.Error}");
        Assert.That(run.Output + run.Error, Does.Not.Contain(Token), "no token is shown");
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        _folder.Dispose();
    }

    private HttpClientHandler Handler() => new()
    {
        ServerCertificateCustomValidationCallback = (_, certificate, chain, _) =>
        {
            if (certificate is null || chain is null) return false;
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.Add(Emulator.Authority);
            return chain.Build(certificate);
        },
    };
}
