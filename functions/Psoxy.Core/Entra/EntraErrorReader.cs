using System.Collections.Immutable;
using System.Globalization;
using Psoxy.Core.Rules;
using Psoxy.Core.Rules.Loading;

namespace Psoxy.Core.Entra;

/// <summary>Reads the file of Entra's errors.</summary>
internal static class EntraErrorReader
{
    /// <summary>What an item takes, all of it.</summary>
    public static readonly ImmutableArray<string> Keys = ["code", "cause", "fix", "retry", "seen"];

    private static readonly (string, EntraRetry)[] Retries =
        [("never", EntraRetry.Never), ("afterChange", EntraRetry.AfterChange), ("freshAssertion", EntraRetry.FreshAssertion), ("later", EntraRetry.Later)];

    private static readonly (string, EntraEvidence)[] Evidence =
        [("measured", EntraEvidence.Measured), ("documented", EntraEvidence.Documented), ("reported", EntraEvidence.Reported)];

    /// <summary>The errors, in the order of the file.</summary>
    /// <exception cref="InvalidOperationException">The file is wrong: a bug of this build, since it is part of it.</exception>
    public static ImmutableArray<EntraError> Read(string file, ReadOnlySpan<byte> yaml)
    {
        var options = new RulesOptions();
        var (root, fault) = new YamlReader(options, file).Read(yaml);
        if (root is null) throw new InvalidOperationException(fault!.ToString());
        var read = new NodeReader(file, options);
        var errors = ImmutableArray.CreateBuilder<EntraError>();
        if (read.Map(root, "the file", "errors").TryGetValue("errors", out var items))
        {
            var codes = new HashSet<int>();
            foreach (var item in read.Items(items, "'errors'"))
            {
                var error = Error(read, item);
                if (!codes.Add(error.Code)) read.Fail(item, $"the code {error.Code} is there twice");
                errors.Add(error);
            }
        }
        else
        {
            read.Fail(root, "'errors' is missing");
        }

        return read.Errors.IsEmpty ? errors.ToImmutable() : throw new InvalidOperationException(string.Join('\n', read.Errors));
    }

    private static EntraError Error(NodeReader read, YamlNode item)
    {
        var members = read.Whole(item, "an error", Keys);
        string Text(string key) => members.TryGetValue(key, out var node) ? read.Text(node, $"'{key}'") ?? "" : "";
        if (!int.TryParse(Text("code"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 10_000 or > 99_999_999)
            read.Fail(item, "'code' must be a number of five to eight digits");
        return new(
            code,
            Text("cause"),
            Text("fix"),
            (members.TryGetValue("retry", out var retry) ? read.Choice(retry, "'retry'", Retries) : null) ?? EntraRetry.Never,
            (members.TryGetValue("seen", out var seen) ? read.Choice(seen, "'seen'", Evidence) : null) ?? EntraEvidence.Reported);
    }
}
