using System.Text;

namespace Psoxy.Emulator.Tests;

public sealed class CanariesTests
{
    [TestCase("x Kanarie y")]
    [TestCase("KANARIE.1@x")]
    public void Are_found_plain(string text) => Assert.That(Canaries.FindIn(text), Is.Not.Null);

    [TestCase("Kanarie Ada")]
    [TestCase("1kanarie")]
    [TestCase("12Kanarie3")]
    public void Are_found_in_base64(string text) => Assert.That(Canaries.FindIn("…" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text))), Is.Not.Null);

    [Test]
    public void Are_not_found_where_there_are_none() => Assert.That(Canaries.FindIn("canary, kanari, S2Fu"), Is.Null);
}
