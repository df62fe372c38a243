using System.CommandLine;
using Psoxy.Fuzz;
using Psoxy.Fuzz.Engine;
using Psoxy.Fuzz.Targets;

var target = new Argument<string>("TARGET") { Description = "A parser: " + string.Join(", ", FuzzTargets.Names) + "; or all." };
target.AcceptOnlyFromAmong([.. FuzzTargets.Names, "all"]);
var seconds = new Option<double>("--seconds") { Description = "How long each target is tried.", DefaultValueFactory = _ => 10 };
var inputs = new Option<long>("--inputs") { Description = "How many inputs each target gets at most; then the same seed does exactly the same.",
    DefaultValueFactory = _ => long.MaxValue };
var seed = new Option<int>("--seed") { Description = "What the inputs follow from.", DefaultValueFactory = _ => 1 };
var corpus = new Option<DirectoryInfo>("--corpus") { Description = "Known inputs, a folder per target, tried first.",
    DefaultValueFactory = _ => new DirectoryInfo(CorpusFolder.Built) };
var findings = new Option<DirectoryInfo>("--findings") { Description = "Where inputs that break something go.",
    DefaultValueFactory = _ => new DirectoryInfo("artifacts/fuzz") };
var replay = new Option<FileInfo?>("--replay") { Description = "Try this one input and say what happens." };
var root = new RootCommand("Attacks our own parsers. Exit code 0 if nothing was found, 1 if something was, 2 if the usage is wrong.") { target, seconds, inputs,
    seed, corpus, findings, replay };
root.SetAction(parsed =>
{
    var name = parsed.GetRequiredValue(target);
    if (parsed.GetValue(replay) is { } file) return FuzzSession.Replay(name, file, Console.Out);
    var session = new FuzzSession(parsed.GetRequiredValue(corpus), parsed.GetRequiredValue(findings), Console.Out);
    var found = 0;
    foreach (var each in name == "all" ? [.. FuzzTargets.Names] : (string[])[name])
        found += session.Run(FuzzTargets.Create(each), parsed.GetValue(seed), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(inputs));
    return found == 0 ? 0 : 1;
});
var command = root.Parse(args);
var code = command.Invoke();

// A usage that is wrong is not a finding.
return command.Errors.Count > 0 ? FuzzSession.Usage : code;
