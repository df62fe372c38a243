using System.Text.Encodings.Web;
using System.Text.Json;
using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Laws;

/// <summary>
/// Each endpoint has an example, and what leaves of it is what the folder shows. The sanitized files are made: <c>PSOXY_WRITE_EXAMPLES=1 dotnet test
/// tests/Psoxy.Core.Tests --filter Name~An_example_leaves</c> writes them anew, to be read before they are committed.
/// </summary>
public sealed class ExampleLaws
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool Writes => Environment.GetEnvironmentVariable("PSOXY_WRITE_EXAMPLES") == "1";

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void The_declared_request_is_allowed_and_means_this_endpoint(ConnectorCase example)
    {
        ArgumentNullException.ThrowIfNull(example);
        var decision = example.Decide();

        Assert.That((decision.Reason, decision.Endpoint?.Name), Is.EqualTo((GateReason.Allowed, example.Endpoint.Name)), decision.Detail);
    }

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void An_example_leaves_as_the_folder_shows(ConnectorCase example)
    {
        ArgumentNullException.ThrowIfNull(example);
        var left = JsonSerializer.Serialize(JsonDocument.Parse(example.Sanitize(example.Original)).RootElement, Readable) + "\n";
        if (Writes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(example.SanitizedFile)!);
            File.WriteAllText(example.SanitizedFile, left);
        }

        Assert.That(File.ReadAllText(example.SanitizedFile), Is.EqualTo(left));
    }
}
