using System.Globalization;
using System.Runtime.InteropServices;
using Psoxy.Emulator.Entra.Directory;

namespace Psoxy.Emulator;

internal static class Program
{
    private const string Usage = """
        usage: dotnet run --project tools/Psoxy.Emulator [-- [gcloud] [--port N]]

        Starts Google's metadata server, Entra, Graph, Secret Manager and Google's control plane on loopback, prints what a function's environment
        must be to meet them, and runs until Ctrl-C or kill. With --port N they take the ports N to N+4, else free ones.

        With gcloud it prints what the environment of gcloud, ./deploy.sh and psoxy must be instead, signed in as an owner of an empty project
        and an administrator of the tenant:

          dotnet run --project tools/Psoxy.Emulator -- gcloud > emulator.env &
          eval "$(cat emulator.env)"
        """;

    public static async Task<int> Main(string[] args)
    {
        if (args is ["--help"] or ["-h"])
        {
            Console.WriteLine(Usage);
            return 0;
        }

        var isForGcloud = args is ["gcloud", ..];
        var rest = isForGcloud ? args[1..] : args;
        var port = 0;
        if (rest is not [] && !(rest is ["--port", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65532))
        {
            await Console.Error.WriteLineAsync("emulator: expected nothing, gcloud, or --port N with N from 1 to 65531.\n" + Usage);
            return 2;
        }

        try
        {
            var ports = port == 0 ? (0, 0, 0, 0, 0) : (port, port + 1, port + 2, port + 3, port + 4);
            await using var emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Ports = ports });
            var variables = isForGcloud
                ? await ToolsAsync(emulator)
                : emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction");
            foreach (var (name, value) in variables) Console.WriteLine($"export {name}='{value}'");
            await Console.Out.FlushAsync();
            var stop = new TaskCompletionSource();
            Console.CancelKeyPress += (_, press) =>
            {
                press.Cancel = true;
                stop.TrySetResult();
            };

            // A shell's background job does not see Ctrl-C, and functions that run must end with the emulator.
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                stop.TrySetResult();
            });
            await stop.Task;
            return 0;
        }
        catch (IOException busy)
        {
            await Console.Error.WriteLineAsync($"emulator: {busy.Message} Choose other ports with --port N.");
            return 2;
        }
    }

    // With a token for Graph as an administrator's: psoxy entra needs no sign-in, and consent is one call.
    private static async Task<IReadOnlyDictionary<string, string>> ToolsAsync(EmulatorHost emulator)
    {
        var variables = new Dictionary<string, string>(emulator.ToolEnvironment()) { ["TENANT_ID"] = emulator.Options.TenantId, ["CLIENT_ID"] = emulator.Options.ClientId };
        foreach (var (name, value) in (await emulator.Cloud.CreateGcloudEnvironmentAsync()).Variables) variables[name] = value;
        variables["PSOXY_GRAPH_TOKEN"] = emulator.Engineers.Token((string)emulator.Tenant.Users[3]["id"]!, DirectoryRole.GlobalAdministrator);
        return variables;
    }
}
