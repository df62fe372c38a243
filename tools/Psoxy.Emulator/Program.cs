using System.Globalization;

namespace Psoxy.Emulator;

internal static class Program
{
    private const string Usage = """
        usage: dotnet run --project tools/Psoxy.Emulator [-- --port N]

        Starts Google's metadata server, Entra, Graph and Secret Manager on loopback, prints what a function's environment must be to
        meet them, and runs until Ctrl-C. With --port N they take the ports N to N+3, else free ones.
        """;

    public static async Task<int> Main(string[] args)
    {
        if (args is ["--help"] or ["-h"])
        {
            Console.WriteLine(Usage);
            return 0;
        }

        var port = 0;
        if (args is not [] && !(args is ["--port", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65533))
        {
            await Console.Error.WriteLineAsync("emulator: expected nothing or --port N with N from 1 to 65532.\n" + Usage);
            return 2;
        }

        try
        {
            var ports = port == 0 ? (0, 0, 0, 0) : (port, port + 1, port + 2, port + 3);
            await using var emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Ports = ports });
            foreach (var (name, value) in emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction")) Console.WriteLine($"export {name}='{value}'");
            var stop = new TaskCompletionSource();
            Console.CancelKeyPress += (_, press) =>
            {
                press.Cancel = true;
                stop.TrySetResult();
            };
            await stop.Task;
            return 0;
        }
        catch (IOException busy)
        {
            await Console.Error.WriteLineAsync($"emulator: {busy.Message} Choose other ports with --port N.");
            return 2;
        }
    }
}
