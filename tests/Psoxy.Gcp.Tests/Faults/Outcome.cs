using System.Diagnostics;
using System.Text;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>What a caller got: an answer from its first to its last byte, or a part of one and then a broken connection.</summary>
/// <param name="Answer">What arrived.</param>
/// <param name="IsBroken">Whether the connection broke before the end.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record Outcome(Answer Answer, bool IsBroken, TimeSpan Elapsed)
{
    /// <summary>Status and error, or <c>aborted</c>: what a caller sees of it.</summary>
    public string Verdict => IsBroken ? "aborted" : Answer.Error is null ? $"{Answer.Status}" : $"{Answer.Status} {Answer.Error}";

    public override string ToString() => $"{Verdict,-30} {Elapsed.TotalMilliseconds,7:F0} ms";

    public static async Task<Outcome> OfAsync(HttpClient client, string target)
    {
        var watch = Stopwatch.StartNew();
        using var response = await client.GetAsync(target, HttpCompletionOption.ResponseHeadersRead);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        using var arrived = new MemoryStream();
        var isBroken = false;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.CopyToAsync(arrived);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            isBroken = true;
        }

        return new(new Answer((int)response.StatusCode, headers, Encoding.UTF8.GetString(arrived.GetBuffer(), 0, (int)arrived.Length)), isBroken, watch.Elapsed);
    }
}
