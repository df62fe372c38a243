using Google.Cloud.SecretManager.V1;

namespace GoogleCloud.Tests.SecretManager;

public sealed class SecretVersionNameTests
{
    [TestCase("projects/p/secrets/s/versions/1")]
    [TestCase("projects/p/locations/europe-west6/secrets/s/versions/latest")]
    public void Reads_and_writes_both_forms(string name) => Assert.That(SecretVersionName.Parse(name).ToString(), Is.EqualTo(name));

    [TestCase("projects/p/secrets/s")]
    [TestCase("projects//secrets/s/versions/1")]
    [TestCase("")]
    public void Refuses_what_is_none(string name)
    {
        Assert.That(SecretVersionName.TryParse(name, out var result), Is.False);
        Assert.That(result, Is.Null);
        Assert.That(() => SecretVersionName.Parse(name), Throws.ArgumentException);
    }
}
