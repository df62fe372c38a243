using Psoxy.Cli.Doctor;
using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Tests.Doctor;

/// <summary>Checks over facts: each broken deployment by its cause, and the good one without a word against it.</summary>
public sealed class CheckTests
{
    // What only the tenant's own Graph or a Teams administrator could tell.
    private static readonly string[] NotAskedHere = ["tenant"];

    [Test]
    public void A_good_deployment_is_called_good_by_every_check()
    {
        var findings = Diagnosis.Of(GoodDeployment.Facts());

        Assert.That(findings.Where(finding => finding.Verdict.Result != Result.Ok && !NotAskedHere.Contains(finding.Check.Name)).Select(finding => $"{finding.Check.Name}: {finding.Verdict}"), Is.Empty);
        Assert.That(DoctorReport.IsWell(findings), Is.True);
    }

    [TestCaseSource(typeof(BrokenDeployments), nameof(BrokenDeployments.All))]
    public void It_finds_the_cause_and_the_command_when(object broken)
    {
        var (_, check, change, what, fix, result) = (BrokenDeployment)broken;

        var findings = Diagnosis.Of(change(GoodDeployment.Facts()));

        var verdict = findings.Single(finding => finding.Check.Name == check).Verdict;
        Assert.That(verdict.Result, Is.EqualTo(result), verdict.ToString());
        Assert.That(verdict.What, Does.Contain(what));
        Assert.That(verdict.Fix, Does.StartWith(fix));
        Assert.That(DoctorReport.IsWell(findings), Is.EqualTo(result == Result.Warn));
        var others = findings.Where(finding => finding.Check.Name != check && finding.Verdict.Result is Result.Wrong or Result.Warn);
        Assert.That(others.Where(finding => !Follows(check, finding.Check.Name)).Select(finding => $"{finding.Check.Name}: {finding.Verdict}"), Is.Empty, "nothing else is blamed");
    }

    [TestCaseSource(typeof(BrokenDeployments), nameof(BrokenDeployments.All))]
    public void No_value_of_a_variable_is_shown_when(object broken)
    {
        var facts = ((BrokenDeployment)broken).Break(GoodDeployment.Facts());
        using var output = new StringWriter();
        DoctorReport.WriteText(output, Diagnosis.Of(facts));
        DoctorReport.WriteJson(output, Diagnosis.Of(facts));

        Assert.That(GoodDeployment.Facts().Functions.Value![0].Environment.Values, Does.Contain(GoodDeployment.Hidden));
        Assert.That(output.ToString(), Does.Not.Contain(GoodDeployment.Hidden));
    }

    [Test]
    public void What_depends_on_something_that_is_not_there_is_not_asked_and_says_why()
    {
        var findings = Diagnosis.Of(GoodDeployment.Facts() with { Functions = Fact.Known<IReadOnlyList<Function>>([]) });

        foreach (var name in (string[])["build", "runs-as", "injected-secrets", "environment", "instances", "ingress", "callers"])
        {
            var verdict = findings.Single(finding => finding.Check.Name == name).Verdict;
            Assert.That((verdict.Result, verdict.What), Is.EqualTo((Result.NotAsked, "not asked, because there is no function")), name);
        }
    }

    [Test]
    public void A_function_that_tells_only_its_configuration_is_not_taken_for_a_good_one()
    {
        var facts = GoodDeployment.Facts().WithUnwell("configuration", "ALLOWED_CALLERS is wrong.").WithHealth(body =>
        {
            foreach (var name in body.Select(member => member.Key).Where(name => name is not ("version" or "checks")).ToList()) body.Remove(name);
            while (body["checks"]!.AsArray().Count > 1) body["checks"]!.AsArray().RemoveAt(1);
        });

        var findings = Diagnosis.Of(facts);

        Assert.That(findings.Single(finding => finding.Check.Name == "configuration").Verdict.What, Is.EqualTo("ALLOWED_CALLERS is wrong."));
        foreach (var name in (string[])["secrets", "identity", "token", "roles", "graph", "clock"])
            Assert.That(findings.Single(finding => finding.Check.Name == name).Verdict.Result, Is.EqualTo(Result.NotAsked), name);
    }

    [Test]
    public void Teams_meetings_are_never_called_good_since_nobody_asked()
    {
        const string Teams = $"project: acme-psoxy\nregion: us-central1\ntenant: {GoodDeployment.Tenant}\nconnectors:\n  - id: msft-teams\n    clientId: {GoodDeployment.ClientId}\n";

        var verdict = Diagnosis.Of(GoodDeployment.Facts(Teams)).Single(finding => finding.Check.Name == "meetings").Verdict;

        Assert.That((verdict.Result, verdict.What), Is.EqualTo((Result.NotAsked, "not asked, because only a Teams administrator can see it; without it requests for online meetings answer 403, and all others work")));
        Assert.That(verdict.Fix, Does.Contain(GoodDeployment.ClientId).And.Contain("psoxy entra consent --connector msft-teams"));
    }

    [Test]
    public void Words_from_outside_do_not_move_the_cursor()
    {
        var facts = GoodDeployment.Facts().WithFunction(function => function with { State = "FAILED", Messages = ["\u001b[2Jbuild\nfailed"] });
        using var output = new StringWriter();

        DoctorReport.WriteText(output, Diagnosis.Of(facts));

        Assert.That(output.ToString(), Does.Contain(" [2Jbuild failed").And.Not.Contain("\u001b"));
    }

    [Test]
    public void Every_check_finds_some_broken_deployment()
    {
        var names = CheckCatalog.OfDeployment.Select(check => check.Name).Concat(CheckCatalog.OfConnector.Select(check => check.Name)).ToList();

        Assert.That(names, Is.Unique);
        Assert.That(names.Except(BrokenDeployments.All().Select(broken => broken.Check)).Except(["tenant", "meetings"]), Is.Empty);
    }

    // What cannot be otherwise if that is broken: a project that is refused is a right that is missing, and so on.
    private static bool Follows(string broken, string other) => (broken, other) is ("project", "rights") or ("health", "health");
}
