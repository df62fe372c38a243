using Microsoft.AspNetCore.Http;
using Psoxy.Core.Gate;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Log;

/// <summary>
/// What log, metrics and traces learn of one request. Holds numbers, enums, ids that we minted or that are nothing but bits, and <see cref="OwnText"/>; a property of type
/// <c>string</c> would be a hole, and a test refuses it.
/// </summary>
internal sealed record RequestSummary
{
    public required Guid CorrelationId { get; init; }

    public required TraceContext Trace { get; init; }

    public required OwnText Connector { get; init; }

    public required OwnText Rules { get; init; }

    public required bool IsColdStart { get; init; }

    public required RequestKind Kind { get; init; }

    public required RequestMethod Method { get; init; }

    public required CallerVerdict Caller { get; init; }

    /// <summary>Which entry of ALLOWED_CALLERS, from 1; 0 where nobody was asked or accepted.</summary>
    public required int CallerEntry { get; init; }

    public required bool IsAllowed { get; init; }

    public required GateReason Decision { get; init; }

    public required OwnText Detail { get; init; }

    /// <summary>The one that allowed it; of a refused request the one that came nearest.</summary>
    public required OwnText Endpoint { get; init; }

    /// <summary>The first segment that no endpoint has, from 1; 0 where the path was not the reason.</summary>
    public required int DiffersAt { get; init; }

    public required ProxyError Error { get; init; }

    public required int Status { get; init; }

    public required int SourceStatus { get; init; }

    public required OwnText SourceError { get; init; }

    public required Guid SourceRequestId { get; init; }

    public required int Retries { get; init; }

    public required TimeSpan Duration { get; init; }

    public required TimeSpan Secrets { get; init; }

    public required TimeSpan Identity { get; init; }

    public required TimeSpan Graph { get; init; }

    public required TimeSpan Relay { get; init; }

    public required long BytesIn { get; init; }

    public required long BytesOut { get; init; }

    public required long Dropped { get; init; }

    public required long Changed { get; init; }

    public required int Unknown { get; init; }

    public required long Warnings { get; init; }

    public required int IgnoredHeaders { get; init; }

    public static RequestSummary Of(Exchange exchange, Engine engine, bool isColdStart)
    {
        var (context, decision, report) = (exchange.Context, exchange.Decision, exchange.Report);
        var nearest = decision is { Reason: GateReason.NoEndpoint, Request: { } request } && engine.Rules is { } rules ? NearestEndpoint.Of(rules, request) : null;
        return new()
        {
            CorrelationId = exchange.Id,
            Trace = exchange.Trace,
            Connector = OwnText.Of(engine.Connector),
            Rules = OwnText.Of(engine.Rules),
            IsColdStart = isColdStart,
            Kind = exchange.Kind,
            Method = MethodOf(context.Request.Method),
            Caller = exchange.Caller,
            CallerEntry = exchange.CallerEntry,
            IsAllowed = decision.IsAllowed,
            Decision = decision.Reason,
            Detail = OwnText.Of(decision),
            Endpoint = OwnText.Of(nearest?.Endpoint ?? decision.Endpoint),
            DiffersAt = nearest?.DiffersAt ?? 0,
            Error = exchange.Error,
            Status = exchange.Error == ProxyError.CallerGone ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode, // nobody got the other one
            SourceStatus = exchange.SourceStatus,
            SourceError = OwnText.Of(exchange.SourceError),
            SourceRequestId = exchange.SourceRequestId,
            Retries = exchange.Retries,
            Duration = exchange.Elapsed,
            Secrets = exchange.ElapsedOf(Stage.Secrets),
            Identity = exchange.ElapsedOf(Stage.Identity),
            Graph = exchange.ElapsedOf(Stage.Graph),
            Relay = exchange.ElapsedOf(Stage.Relay),
            BytesIn = report?.BytesIn ?? 0,
            // An answer of our own has a length; of what was streamed only the sanitizer knows.
            BytesOut = context.Response.ContentLength ?? report?.BytesOut ?? 0,
            Dropped = report?.Dropped ?? 0,
            Changed = report?.Changed ?? 0,
            Unknown = report?.UnknownProperties.Count ?? 0,
            Warnings = report?.Warnings ?? 0,
            IgnoredHeaders = exchange.IgnoredHeaders,
        };
    }

    private static RequestMethod MethodOf(string method) =>
        HttpMethods.IsGet(method) ? RequestMethod.Get : HttpMethods.IsHead(method) ? RequestMethod.Head : HttpMethods.IsPost(method) ? RequestMethod.Post : RequestMethod.Other;
}
