using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Psoxy.Load;

/// <summary>One client: asks, reads all, follows a few links, and asks the next; now and then it goes away in the middle.</summary>
internal sealed class Caller(IReadOnlyList<(Plan Plan, Uri Function)> plans, HttpClient client, Tally tally, int seed)
{
    private const int MostPages = 4;
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(5);
    private readonly Random _random = new(seed);

    /// <summary>Until it is told to stop; the request under way is ended properly.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (plan, function) = plans[_random.Next(plans.Count)];
            var step = Choose(plan);
            if (_random.Next(100) == 0) await VanishAsync(step, function);
            else await FollowAsync(plan.ConnectorId, step, function, stop);
        }
    }

    private Step Choose(Plan plan)
    {
        // One in twenty is refused, one in two hundred a health check.
        var kind = _random.Next(200) switch { 0 => StepKind.Health, < 11 => StepKind.Refused, _ => StepKind.Data };
        var steps = plan.Of(kind);
        return steps[_random.Next(steps.Count)];
    }

    private async Task FollowAsync(string connectorId, Step step, Uri function, CancellationToken stop)
    {
        for (var page = 0; page < MostPages; page++)
        {
            var body = await AskAsync(connectorId, step, function);
            if (body is null || !step.FollowsLinks || NextLink(body) is not { } next || stop.IsCancellationRequested) return;
            step = step with { Target = next, Canaries = 0, Envelope = null };
        }
    }

    private async Task<string?> AskAsync(string connectorId, Step step, Uri function)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var message = step.Message(function);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
            var body = await response.Content.ReadAsStringAsync();
            tally.Time(step.Kind switch { StepKind.Health => "(health checks)", StepKind.Refused => "(refused)", _ => connectorId }, start);
            tally.Check(Everything(response, body), response.IsSuccessStatusCode ? step.Canaries : 0);
            var status = (int)response.StatusCode;
            if (status == step.Status)
            {
                tally.Outcome(step.Kind == StepKind.Data ? "answered" : step.Kind == StepKind.Health ? "healthy" : "refused as expected");
                if (step.Kind == StepKind.Data && !IsWhole(body)) tally.Error("200 without a whole answer");
                return body;
            }

            if (status == 503 && response.Headers.RetryAfter?.Delta is { } wait)
            {
                tally.Outcome("asked to wait");
                await Task.Delay(wait < MostPatience ? wait : MostPatience);
                return null;
            }

            response.Headers.TryGetValues("X-Psoxy-Error", out var error);
            tally.Error($"{connectorId}: {status} {string.Join(',', error ?? [])} in place of {step.Status}");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            tally.Error($"{connectorId}: {fault.GetType().Name}");
        }

        return null;
    }

    // A client that is gone before the answer or in the middle of it.
    private async Task VanishAsync(Step step, Uri function)
    {
        using var patience = new CancellationTokenSource(_random.Next(1, 30));
        try
        {
            using var message = step.Message(function);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            await body.ReadExactlyAsync(new byte[1], patience.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or HttpRequestException)
        {
            // As it was to be.
        }

        tally.Outcome("vanished");
    }

    private static string Everything(HttpResponseMessage response, string body)
    {
        var text = new StringBuilder(body);
        foreach (var (name, values) in response.Headers.NonValidated) text.Append('\n').Append(name).Append(": ").Append(values);
        foreach (var (name, values) in response.Content.Headers.NonValidated) text.Append('\n').Append(name).Append(": ").Append(values);
        return text.ToString();
    }

    private static bool IsWhole(string body) => body.Length > 1 && body[0] == '{' && body[^1] == '}';

    private static string? NextLink(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("@odata.nextLink", out var link) && Uri.TryCreate(link.GetString(), UriKind.Absolute, out var uri) ? uri.PathAndQuery : null;
    }
}
