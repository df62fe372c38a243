using System.Text.RegularExpressions;
using Psoxy.Emulator.Google;
using YamlDotNet.RepresentationModel;

namespace Psoxy.Cli.Tests.CloudBuild;

/// <summary><c>cloudbuild.yaml</c> as Cloud Build reads it.</summary>
internal sealed partial class BuildFile
{
    public static readonly string Root = new CloudOptions().RepositoryRoot;

    private readonly YamlMappingNode _root;

    public BuildFile()
    {
        Text = File.ReadAllText(Path.Combine(Root, "cloudbuild.yaml"));
        var stream = new YamlStream();
        using var reader = new StringReader(Text);
        stream.Load(reader);
        _root = (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    public string Text { get; }

    public IEnumerable<string> Keys => _root.Children.Keys.Select(Scalar);

    public string this[string key] => Scalar(_root[key]);

    public string Option(string key) => Scalar(((YamlMappingNode)_root["options"])[key]);

    public IReadOnlyDictionary<string, string> Substitutions => ((YamlMappingNode)_root["substitutions"]).ToDictionary(pair => Scalar(pair.Key), pair => Scalar(pair.Value));

    public IReadOnlyList<(string Id, string Image, IReadOnlyList<string> Arguments, IReadOnlyList<string> Keys)> Steps =>
        [.. ((YamlSequenceNode)_root["steps"]).Cast<YamlMappingNode>().Select(step => (Scalar(step["id"]), Scalar(step["name"]),
            (IReadOnlyList<string>)[.. ((YamlSequenceNode)step["args"]).Select(Scalar)], (IReadOnlyList<string>)[.. step.Children.Keys.Select(Scalar)]))];

    /// <summary>Every substitution that is used anywhere, comments aside.</summary>
    public IEnumerable<string> Used => Substitution().Matches(Comment().Replace(Text, "")).Select(match => match.Groups[1].Value).Distinct();

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"\$\{?([A-Z_][A-Z0-9_]*)\}?")]
    private static partial Regex Substitution();

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
