using System.Text;
using System.Text.Json;

namespace Psoxy.Load;

/// <summary>What callers ask of one function: every request that the tenant answers it, and how clients vary it.</summary>
/// <param name="ConnectorId">Whose function.</param>
/// <param name="Steps">To be chosen from.</param>
internal sealed record Plan(string ConnectorId, IReadOnlyList<Step> Steps)
{
    private readonly Dictionary<StepKind, Step[]> _byKind = Steps.GroupBy(step => step.Kind).ToDictionary(steps => steps.Key, steps => steps.ToArray());

    /// <summary>The requests of a kind.</summary>
    public IReadOnlyList<Step> Of(StepKind kind) => _byKind[kind];

    // The tenant has it beside what the rules return.
    private const string NotReturned = "$expand=participants,operations";
    private const string Users = "/v1.0/users?$top=5";

    /// <summary>Tries what is to be asked: every request of the tenant's must be answered; a variation that this endpoint does not have is left out.</summary>
    /// <exception cref="InvalidOperationException">A request is not answered that should be.</exception>
    public static async Task<Plan> MakeAsync(string connectorId, IEnumerable<EmulatorProcess.Request> requests, HttpClient client, Uri function)
    {
        var steps = new List<Step>();
        var token = Person(await AskAsync(client, function, Users) ?? throw new InvalidOperationException($"{connectorId} does not answer {Users}."));
        foreach (var request in requests)
        {
            if (request.Target.Contains(NotReturned, StringComparison.Ordinal))
            {
                steps.Add(new(StepKind.Refused, request.Target, 0, 403));
                continue;
            }

            if (await AskAsync(client, function, request.Target) is null) throw new InvalidOperationException($"{connectorId} does not answer {request.Target}.");
            steps.Add(new(StepKind.Data, request.Target, request.Canaries, 200) { FollowsLinks = request.IsCollection });
            foreach (var varied in Variations(request, token))
                if (await AskAsync(client, function, varied) is not null) steps.Add(new(StepKind.Data, varied, 0, 200) { FollowsLinks = request.IsCollection });
            if (request.Target.Split('?') is [var path, .. var query])
            {
                var envelope = JsonSerializer.Serialize(new { path, query = string.Join('?', query) });
                steps.Add(new(StepKind.Data, "/", request.Canaries, 200) { Envelope = envelope });
            }
        }

        foreach (var refused in (string[])["/v1.0/me", "/v1.0/users?$expand=manager", "/v1.0/users?$filter=startswith(displayName,'A')", "/v1.0/applications", "/v1.0/users/$count"])
            steps.Add(new(StepKind.Refused, refused, 0, 403));
        steps.Add(new(StepKind.Refused, "/v1.0/users%2F..%2Fapplications", 0, 400));

        // Where single people can be asked for, a token that is not ours is told apart from what is not allowed.
        if (steps.Exists(step => step.Kind == StepKind.Data && step.Target.Split('/') is ["", _, "users", var person] && !person.Contains('?', StringComparison.Ordinal)))
            steps.Add(new(StepKind.Refused, "/v1.0/users/p~" + new string('A', 86), 0, 409));
        steps.Add(new(StepKind.Health, "/", 0, 200));
        return new(connectorId, steps);
    }

    private static IEnumerable<string> Variations(EmulatorProcess.Request request, string? token)
    {
        var (target, joint) = (request.Target, request.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        if (request.IsCollection && !target.Contains("$top", StringComparison.Ordinal))
        {
            yield return $"{target}{joint}$top=3";
            yield return $"{target}{joint}$top=20&$select=id";
        }

        yield return $"{target}{joint}$select=id";
        var segments = target.Split('/');
        if (token is null || segments is not ["", _, "users", var person, ..] || person.Contains('?', StringComparison.Ordinal)) yield break;
        segments[3] = token;
        yield return string.Join('/', segments);
    }

    // The tenant's second person is the one that its requests are about.
    private static string? Person(string page)
    {
        using var document = JsonDocument.Parse(page);
        var id = document.RootElement.GetProperty("value")[1].GetProperty("id").GetString();
        return id?.StartsWith("p~", StringComparison.Ordinal) == true ? id : null;
    }

    private static async Task<string?> AskAsync(HttpClient client, Uri function, string target)
    {
        using var request = new Step(StepKind.Data, target, 0, 200).Message(function);
        using var response = await client.SendAsync(request);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
    }
}

/// <summary>What a request is for.</summary>
internal enum StepKind
{
    /// <summary>Data.</summary>
    Data = 0,

    /// <summary>Something that the rules or the gate must refuse.</summary>
    Refused,

    /// <summary>The health check.</summary>
    Health,
}

/// <summary>A request and what must come of it.</summary>
internal sealed record Step(StepKind Kind, string Target, int Canaries, int Status)
{
    public bool FollowsLinks { get; init; }

    /// <summary>The body of a POST in place of the target.</summary>
    public string? Envelope { get; init; }

    public HttpRequestMessage Message(Uri function)
    {
        // As it is spelled.
        var uri = new Uri(function.ToString().TrimEnd('/') + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(Envelope is null ? HttpMethod.Get : HttpMethod.Post, uri);
        if (Envelope is not null) message.Content = new StringContent(Envelope, Encoding.UTF8, "application/json");
        else message.Headers.TryAddWithoutValidation("ConsistencyLevel", "eventual");
        if (Kind == StepKind.Health) message.Headers.TryAddWithoutValidation("X-Psoxy-Health-Check", "1");
        return message;
    }
}
