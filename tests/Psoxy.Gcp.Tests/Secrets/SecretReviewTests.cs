using System.Text;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp.Tests.Secrets;

public sealed class SecretReviewTests
{
    private const string Good = "b7Kanarie0f3c9e1d2a4";
    private const string Key = "9f1eKanarie77ab30c5d8";

    [TestCase(Good, Key, false)]
    [TestCase(Good + "\n", Key, false, "PSOXY_SALT ends with a line break")]
    [TestCase(Good, Key + "\r\n", false, "PSOXY_ENCRYPTION_KEY ends with a line break")]
    [TestCase(Good + "\r", Key + "\n", false, "PSOXY_SALT ends with a line break", "PSOXY_ENCRYPTION_KEY ends with a line break")]
    [TestCase("short", Key, false, "PSOXY_SALT is so short")]
    [TestCase(Good, "short", false, "PSOXY_ENCRYPTION_KEY is so short")]
    [TestCase("salt", Key, true, "PSOXY_SALT is a placeholder")]
    [TestCase(" ChangeMe\n", Key, true, "PSOXY_SALT ends with a line break", "PSOXY_SALT is a placeholder")]
    [TestCase("fill me", Key, true, "PSOXY_SALT is a placeholder")]
    [TestCase(Good, "TODO", false, "PSOXY_ENCRYPTION_KEY is a placeholder")]
    [TestCase(Good, Good, false, "PSOXY_SALT and PSOXY_ENCRYPTION_KEY are the same")]
    public void Says_what_looks_like_a_mistake_and_nothing_of_the_values(string salt, string key, bool isDefault, params string[] warnings)
    {
        var review = SecretReview.Of(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(key));

        Assert.That(review.IsSaltDefault, Is.EqualTo(isDefault));
        Assert.That(review.Warnings, Has.Length.EqualTo(warnings.Length));
        for (var i = 0; i < warnings.Length; i++) Assert.That(review.Warnings[i], Does.StartWith(warnings[i]));
        Assert.That(review.ToString() + string.Concat(review.Warnings), Does.Not.Contain("Kanarie"));
    }
}
