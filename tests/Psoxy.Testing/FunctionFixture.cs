using System.Reflection;
using Psoxy.Emulator;

namespace Psoxy.Testing;

/// <summary>The real function process with the emulator around it.</summary>
public sealed class FunctionFixture : IAsyncDisposable
{
    private FunctionFixture(EmulatorHost emulator, FunctionProcess function)
    {
        (Emulator, Function) = (emulator, function);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = function.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public static string FunctionAssembly { get; } =
        typeof(FunctionFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "FunctionAssembly").Value!;

    public EmulatorHost Emulator { get; }

    public FunctionProcess Function { get; }

    public HttpClient Client { get; }

    public string UserId(int number) => (string)Emulator.Tenant.Users[number]["id"]!;

    public static Task<FunctionFixture> StartAsync(EmulatorOptions? options = null, params (string Name, string? Value)[] environment) =>
        StartAsync(options, emulator => Environment(emulator, environment));

    /// <summary>The same, with something done to the emulator before the function starts.</summary>
    public static Task<FunctionFixture> StartPreparedAsync(Action<EmulatorHost> prepare, EmulatorOptions? options = null, params (string Name, string? Value)[] environment) => StartAsync(options, emulator =>
    {
        prepare(emulator);
        return Environment(emulator, environment);
    });

    /// <summary>The function of a connector, as an application of its own with its own permissions.</summary>
    public static Task<FunctionFixture> StartConnectorAsync(string id, string functionClass, params (string Name, string? Value)[] environment) =>
        StartAsync(null, emulator => Changed(emulator.FunctionEnvironment(id, functionClass), environment));

    private static async Task<FunctionFixture> StartAsync(EmulatorOptions? options, Func<EmulatorHost, IReadOnlyDictionary<string, string>> environment)
    {
        var emulator = await EmulatorHost.StartAsync(options);
        try
        {
            return new(emulator, await FunctionProcess.StartAsync(FunctionAssembly, environment(emulator)));
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public static Dictionary<string, string> Environment(EmulatorHost emulator, params (string Name, string? Value)[] changes) =>
        Changed(emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction"), changes);

    private static Dictionary<string, string> Changed(IReadOnlyDictionary<string, string> original, (string Name, string? Value)[] changes)
    {
        var environment = new Dictionary<string, string>(original);
        foreach (var (name, value) in changes)
        {
            if (value is null) environment.Remove(name);
            else environment[name] = value;
        }

        return environment;
    }

    /// <summary>Sends a target exactly as it is spelled.</summary>
    public async Task<Answer> SendAsync(string target, HttpMethod? method = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(Function.Address.ToString().TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, uri) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>What Graph itself answers to the same request.</summary>
    public async Task<string> GraphAsync(string target)
    {
        using var graph = Emulator.CreateGraphClient();
        return await graph.GetStringAsync(target);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Function.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
