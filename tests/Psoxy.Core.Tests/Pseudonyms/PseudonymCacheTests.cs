using System.Text;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Tests.Pseudonyms;

public sealed class PseudonymCacheTests
{
    [Test]
    public void It_is_bounded_by_the_bytes_it_holds()
    {
        var cache = new PseudonymCache();
        var pseudonym = new byte[1024];
        for (var at = 0; at < 60_000; at++) cache.Add(0, Encoding.UTF8.GetBytes($"{at}@contoso.com"), pseudonym);

        Assert.That(cache.Bytes, Is.LessThanOrEqualTo(PseudonymCache.MaxBytes));
        Assert.That(cache.TryGet(0, "59999@contoso.com"u8, out _), Is.True, "the latest is there");
        Assert.That(cache.TryGet(0, "0@contoso.com"u8, out _), Is.False, "the first has gone");
    }

    [Test]
    public void One_kind_never_answers_for_another()
    {
        var cache = new PseudonymCache();
        var kinds = (from encoding in Enum.GetValues<PseudonymEncoding>() from original in (bool[])[false, true] from reversible in (bool[])[false, true]
                     select PseudonymCache.Kind(encoding, original, reversible)).ToArray();

        Assert.That(kinds, Is.Unique);
        cache.Add(kinds[^1], "a"u8, [1]);
        foreach (var kind in kinds[..^1]) Assert.That(cache.TryGet(kind, "a"u8, out _), Is.False);
    }

    [Test]
    public void Many_threads_get_the_pseudonym_of_their_own_value()
    {
        using var pseudonymizer = new Pseudonymizer(PseudonymKey.Create("salt"u8, "secret"u8), new PseudonymOptions());
        var expected = Enumerable.Range(0, 500).Select(at => "\"" + pseudonymizer.Pseudonymize($"p{at}@contoso.com", PseudonymEncoding.UrlSafeToken) + "\"").ToArray();

        Parallel.For(0, 20_000, turn =>
        {
            var at = turn % expected.Length;
            var made = pseudonymizer.PseudonymizeToJson(Encoding.UTF8.GetBytes($"p{at}@contoso.com"), PseudonymEncoding.UrlSafeToken, false, false);
            Assert.That(Encoding.UTF8.GetString(made), Is.EqualTo(expected[at]));
        });
    }

    // A salt that has just been zeroed is a salt that everybody knows.
    [Test]
    public void While_the_key_is_disposed_nobody_gets_a_pseudonym_of_a_zeroed_salt()
    {
        for (var round = 0; round < 15; round++)
        {
            var pseudonymizer = new Pseudonymizer(PseudonymKey.Create("salt"u8, "k"u8), new PseudonymOptions());
            var expected = pseudonymizer.HashToken("alice");
            using var started = new CountdownEvent(2);
            var tasks = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                started.Signal();
                try
                {
                    while (true) Assert.That(pseudonymizer.HashToken("alice"), Is.EqualTo(expected));
                }
                catch (ObjectDisposedException)
                {
                    // As it should be.
                }
            })).ToArray();
            started.Wait();
            pseudonymizer.Dispose();
            Task.WaitAll(tasks);
        }
    }
}
