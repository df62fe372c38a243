using System.Text.Json;
using Psoxy.Load;

// The emulator as a process of its own, ended by the end of its input.
if (args is ["emulator"]) return await EmulatorProcess.ServeAsync();

if (LoadOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(LoadOptions.Usage);
    return 2;
}

var report = await LoadRun.RunAsync(options, options.IsJson ? TextWriter.Null : Console.Out);
Console.WriteLine(options.IsJson ? JsonSerializer.Serialize(report, LoadReport.Json) : report.ToText());
return report.Problems.Count == 0 ? 0 : 1;
