using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Tests.Deployment;

public sealed class SettingsEditTests
{
    private const string Other = "0aaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private const string Head = "# ours\nproject: acme-psoxy\nregion: us-central1 # near\ntenant: " + SampleSettings.Tenant + "\nconnectors:\n";

    [TestCase("  - id: outlook-mail # mail\n    noGroups: true\n  - id: outlook-cal\n", "  - id: outlook-mail # mail\n    clientId: {0}\n    noGroups: true\n  - id: outlook-cal\n")]
    [TestCase("- id: 'outlook-mail'\n", "- id: 'outlook-mail'\n  clientId: {0}\n")]
    [TestCase("  -   id: outlook-mail\n", "  -   id: outlook-mail\n      clientId: {0}\n")]
    [TestCase("  - id: outlook-cal\n    clientId: " + Other + "\n  - id: outlook-mail\n", "  - id: outlook-cal\n    clientId: " + Other + "\n  - id: outlook-mail\n    clientId: {0}\n")]
    public void One_line_is_added_and_taken_out_again(string before, string after)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("psoxy.yaml", Head + before);

        Assert.That(SettingsEdit.SetClientId(file, "outlook-mail", SampleSettings.ClientId), Is.True);
        Assert.That(File.ReadAllText(file), Is.EqualTo(Head + string.Format(null, after, SampleSettings.ClientId)));
        Assert.That(SettingsEdit.SetClientId(file, "outlook-mail", Other), Is.True);
        Assert.That(File.ReadAllText(file), Is.EqualTo(Head + string.Format(null, after, $"\"{Other}\"")), "a number might be taken for one, without quotes");
        Assert.That(SettingsEdit.RemoveClientId(file, "outlook-mail"), Is.True);
        Assert.That(File.ReadAllText(file), Is.EqualTo(Head + before));
    }

    [Test]
    public void Line_ends_stay_as_they_are()
    {
        using var folder = new TemporaryFolder();
        var text = (Head + "  - id: outlook-mail\n").ReplaceLineEndings("\r\n");
        var file = folder.Write("psoxy.yaml", text);

        Assert.That(SettingsEdit.SetClientId(file, "outlook-mail", SampleSettings.ClientId), Is.True);
        Assert.That(File.ReadAllText(file), Is.EqualTo(text + $"    clientId: {SampleSettings.ClientId}\r\n"));
    }

    [TestCase("  - {id: outlook-mail}\n")]
    [TestCase("  - noGroups: true\n    id: outlook-mail\n")]
    [TestCase("  [{id: outlook-mail}]\n")]
    public void What_is_laid_out_in_another_way_is_left_to_a_hand(string connectors)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("psoxy.yaml", Head + connectors);

        Assert.That(SettingsEdit.SetClientId(file, "outlook-mail", SampleSettings.ClientId), Is.False);
        Assert.That(File.ReadAllText(file), Is.EqualTo(Head + connectors));
    }
}
