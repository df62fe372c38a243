using Psoxy.Core.Tests.Laws.Canaries;

namespace Psoxy.Core.Tests.Laws;

/// <summary>What the laws hold an endpoint to: its example, and the most that it could answer.</summary>
internal static class Sources
{
    /// <summary>Responses as Graph would write them. A missing example is another law's matter.</summary>
    public static IEnumerable<string> Of(ConnectorCase of)
    {
        if (File.Exists(of.OriginalFile)) yield return File.ReadAllText(of.OriginalFile);
        foreach (var response in new SyntheticResponses(new CanaryBook(of)).All()) yield return response;
    }

    /// <summary>Fails with everything that is wrong.</summary>
    public static void AssertNone(IEnumerable<string> problems) => Assert.That(string.Join('\n', problems.Distinct()), Is.Empty);
}
