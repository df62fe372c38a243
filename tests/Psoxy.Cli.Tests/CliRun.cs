using System.Diagnostics;

namespace Psoxy.Cli.Tests;

/// <summary>The real <c>psoxy</c> process: its exit code and what it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="arguments">After <c>psoxy</c>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="environment">Beside the variables of this process.</param>
    public static Task<CliRun> Of(string[] arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null) =>
        OfProgram("dotnet", ["exec", typeof(ExitCode).Assembly.Location, .. arguments], input, environment);

    /// <summary>Of a script, by bash.</summary>
    /// <param name="script">Its path.</param>
    /// <param name="environment">Beside the variables of this process.</param>
    /// <param name="arguments">After the script.</param>
    public static Task<CliRun> OfShell(string script, (string Name, string Value)[] environment, params string[] arguments) =>
        OfProgram("/bin/bash", [script, .. arguments], null, environment.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>Of any program.</summary>
    public static async Task<CliRun> OfProgram(string program, string[] arguments, string? input, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new(process.ExitCode, await output, await error);
    }
}
