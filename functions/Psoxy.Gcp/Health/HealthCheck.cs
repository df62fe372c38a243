using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp.Health;

/// <summary>Answers health checks (gateway section 5): 200 if all is well, else 412. What cannot be had is a problem that is told, not the end of the answer.</summary>
internal sealed class HealthCheck(
    ProxyOptions options, Engine engine, PseudonymSource pseudonyms, IdentityTokens identity, CertificateSource certificates, GraphTokens tokens, SmokeTest smoke,
    Clocks clocks, CallerCheck caller, TimeProvider time)
{
    public async Task<ProxyFault?> AnswerAsync(Exchange exchange, HealthDepth depth)
    {
        var context = exchange.Context;

        // Whoever asks may be anybody then; it is told what is wrong and nothing that is right.
        var body = options.CanTellCallers
            ? HealthWriter.Write(await LookAsync(exchange, depth), options, engine, caller, context.Request, out var isWell)
            : HealthWriter.WriteProblems(engine, Configuration(), out isWell);
        exchange.Error = isWell ? ProxyError.None : ProxyError.Unhealthy;
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : ProxyError.Unhealthy.Http().Status;
        if (!isWell) context.Response.Headers["X-Psoxy-Error"] = ProxyError.Unhealthy.Http().Name;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = body.Length;
        if (context.Request.Method != HttpMethods.Head) await context.Response.Body.WriteAsync(body, context.RequestAborted);
        return null;
    }

    private async Task<HealthReport> LookAsync(Exchange exchange, HealthDepth depth)
    {
        // At the same time, as a request does it.
        var secretsTask = Timed(() => exchange.Time(Stage.Secrets).Of(WithinTime(exchange, pseudonyms.GetAsync(exchange.Cancellation))));
        var identityTask = Timed(() => certificates.IsUsed ? Task.FromResult(default(Attempt<string>)) : WithinTime(exchange, IdentityAsync(exchange)));
        var certificateTask = certificates.IsUsed ? Timed(() => WithinTime(exchange, CertificateAsync(exchange))) : null;
        var tokenTask = Timed(() => exchange.Time(Stage.Identity).Of(WithinTime(exchange, TokenAsync(exchange))));
        var (secrets, secretsTime) = await secretsTask;
        var (identityToken, identityTime) = await identityTask;
        var (token, tokenTime) = await tokenTask;
        _ = secrets.TryGet(out var pseudonymizer);
        _ = token.TryGet(out var graphToken);

        var roles = graphToken is null ? null : TokenClaims.Read(graphToken.Value) is { } claims ? RoleReview.Of(engine.Connector, engine.Rules, claims.Roles) : null;
        var checks = ImmutableArray.CreateBuilder<Check>();
        checks.Add(Configuration());
        checks.Add(Of("secrets", secrets.Or(out _), secretsTime));
        if (pseudonyms.Review.IsSaltDefault) checks.Add(new("salt", false, 0, "Store a random PSOXY_SALT: this one is a placeholder that anybody can guess."));
        CertificateReview? certificate = null;
        if (certificateTask is null) checks.Add(Of("identityToken", identityToken.Or(out _), identityTime));
        else
        {
            var (review, certificateTime) = await certificateTask;
            var fault = review.Or(out certificate);
            var whatToDo = fault?.Message ?? certificate.WhatToDo;
            checks.Add(new("certificate", whatToDo is null, certificateTime, whatToDo));
        }

        checks.Add(Of("entra", token.Or(out _), tokenTime));
        if (roles is not null) checks.Add(Of(roles));
        if (depth == HealthDepth.Deep)
        {
            checks.AddRange(engine.Fault is null && pseudonymizer is not null && graphToken is not null
                ? await smoke.RunAsync(exchange, graphToken, pseudonymizer)
                : [new("graph", false, 0, "Not asked: it needs a configuration, secrets and a token of Entra's first.")]);
        }

        if (clocks.Farthest is { } farthest) checks.Add(Of(farthest));
        return new HealthReport
        {
            Checks = checks.ToImmutable(),
            SaltFingerprint = pseudonymizer?.SaltFingerprint,
            Secrets = pseudonyms.Review,
            ServiceAccountUniqueId = identityToken.TryGet(out var jwt) ? TokenClaims.Read(jwt)?.Subject : null,
            Certificate = certificate,
            HasEntraToken = graphToken is not null,
            Roles = roles,
            Refusal = token.Or(out _)?.Entra,
            Warnings = [.. certificate?.Warnings ?? [], .. Warnings(roles, graphToken is not null)],
        };
    }

    private async Task<Attempt<string>> IdentityAsync(Exchange exchange)
    {
        try
        {
            return await identity.GetAsync(exchange.Cancellation);
        }
        catch (IdentityException)
        {
            return new ProxyFault(ProxyError.ConnectionToSource, "Google's metadata server gives no identity token: run on Google Cloud with a service account, and leave GCE_METADATA_HOST unset.");
        }
    }

    private async Task<Attempt<CertificateReview>> CertificateAsync(Exchange exchange) =>
        (await certificates.GetAsync(exchange.Cancellation)).Or(out var certificate) is { } fault
            ? fault
            : CertificateReview.Of(certificate.Thumbprint, certificate.NotBefore, certificate.NotAfter, time.GetUtcNow(), engine.Connector.Id);

    // A token that was made before consent was given lacks the roles; one that is made now has them.
    private async Task<Attempt<GraphToken>> TokenAsync(Exchange exchange)
    {
        if (options.TenantId.Length == 0 || options.ClientId.Length == 0) return new ProxyFault(ProxyError.ConfigurationFailure, "Not asked: it needs TENANT_ID and CLIENT_ID first.");
        var first = await tokens.GetAsync(exchange.Cancellation);
        if (!first.TryGet(out var token) || TokenClaims.Read(token.Value) is not { } claims || RoleReview.Of(engine.Connector, engine.Rules, claims.Roles).Missing.IsEmpty) return first;
        tokens.Drop(token);
        return await tokens.GetAsync(exchange.Cancellation);
    }

    private Check Configuration() => new("configuration", engine.Problems.IsEmpty, 0, engine.Problems.IsEmpty ? null : string.Join(" ", engine.Problems));

    private static Check Of(string name, ProxyFault? fault, double milliseconds) => new(name, fault is null, milliseconds, fault?.Message);

    private static Check Of(RoleReview roles)
    {
        var whatToDo = $"Give the application {string.Join(", ", roles.Missing)} and let an administrator consent: Entra admin center, App registrations, API permissions, Grant admin consent.";
        return new("roles", roles.Missing.IsEmpty, 0, roles.Missing.IsEmpty ? null : whatToDo);
    }

    private static Check Of((string Who, TimeSpan Ahead) clock)
    {
        var (isRight, seconds, side) = (clock.Ahead.Duration() <= Clocks.Tolerance, (long)clock.Ahead.Duration().TotalSeconds, clock.Ahead > TimeSpan.Zero ? "ahead of" : "behind");
        return new("clock", isRight, 0, isRight ? null : $"The function's clock is {seconds} s {side} {clock.Who}'s: deploy it again, and if it stays ask Google's support.");
    }

    private ImmutableArray<string> Warnings(RoleReview? roles, bool hasToken) =>
    [
        .. pseudonyms.Review.Warnings,
        .. roles is { Excess.IsEmpty: false } ? [$"The application has permissions that the connector does not need: {string.Join(", ", roles.Excess)}. Take them away."] : (string[])[],
        .. hasToken && roles is null ? ["The roles of Entra's token cannot be read, so they are not compared."] : (string[])[],
    ];

    private async Task<(T Value, double Milliseconds)> Timed<T>(Func<Task<T>> work)
    {
        var start = time.GetTimestamp();
        return (await work(), time.GetElapsedTime(start).TotalMilliseconds);
    }

    private static async Task<Attempt<T>> WithinTime<T>(Exchange exchange, Task<Attempt<T>> work)
        where T : class
    {
        try
        {
            return await work;
        }
        catch (OperationCanceledException) when (exchange.IsOutOfTime)
        {
            return new ProxyFault(ProxyError.ConnectionToSource, "It did not answer in the time that a request has (REQUEST_TIMEOUT_SECONDS).");
        }
    }
}
