using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Psoxy.Emulator.Google.Faults;
using Psoxy.Emulator.Google.Storage;

namespace Psoxy.Emulator.Google.Calls;

/// <summary>What every call of the control plane passes: record, faults, who calls, whether the API is enabled; and how errors are told.</summary>
internal sealed class FrontDoor(GoogleCloud cloud)
{
    private readonly SemaphoreSlim _one = cloud.One;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var raw = buffer.ToArray();
        context.Request.Body = new MemoryStream(raw, writable: false);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var place = ApiPlace.ByPath(context.Request.Path.Value!);
        var api = place?.Api ?? CloudApi.Unknown;
        var shown = place is not null && target.StartsWith(place.Prefix + "/", StringComparison.Ordinal) ? target[place.Prefix.Length..] : target;
        var caller = cloud.Tokens.CallerOf(context.Request.Headers.Authorization.ToString());
        byte[]? answer = null;
        try
        {
            var fault = cloud.Faults.Take(api, context.Request.Method, shown);
            if (fault == CloudFaultKind.Hang) await Task.Delay(Timeout.Infinite, context.RequestAborted);
            if (fault != CloudFaultKind.Cut) answer = await AnswerAsync(context, next, new(cloud, context, raw) { Caller = caller }, place, fault);
            if (fault == CloudFaultKind.CutAfterwards) answer = null;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Who called has gone.
        }

        // Before it is sent, so that who has the answer finds the call on the record.
        cloud.Calls.Add(new(api, context.Request.Method, shown, caller, answer is null ? 0 : context.Response.StatusCode), raw);
        if (answer is null) context.Abort();
        else await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private async Task<byte[]> AnswerAsync(HttpContext context, RequestDelegate next, CloudCall call, ApiPlace? place, CloudFaultKind fault)
    {
        var real = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await _one.WaitAsync(context.RequestAborted);
        try
        {
            if (place is null) throw CloudException.NotFound("This API is not emulated.");
            Check(call, place, fault);
            context.Items[CloudRoutes.Item] = call;
            await next(context);
            if (answer.Length == 0 && context.Response.StatusCode is 404 or 405) throw CloudException.NotFound($"Method not found: the emulator has no {context.Request.Method} {context.Request.Path}.");
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            // The emulator's own faults are told too, where somebody looks.
            var error = refused as CloudException ?? new CloudException(500, "INTERNAL", "The emulator failed: " + refused);
            answer.SetLength(0);
            context.Response.Headers.Remove("Allow");
            context.Response.StatusCode = error.Status;
            context.Response.ContentType = "application/json; charset=UTF-8";
            await context.Response.WriteAsync(error.Body().ToJsonString(), context.RequestAborted);
        }
        finally
        {
            _one.Release();
            context.Response.Body = real;
        }

        return answer.ToArray();
    }

    private void Check(CloudCall call, ApiPlace place, CloudFaultKind fault)
    {
        var (service, number) = (place.Service, cloud.Options.ProjectNumber);
        switch (fault)
        {
            case CloudFaultKind.PermissionDenied: throw CloudException.Denied(place.Prefix[1..] + ".emulated.denied", "projects/" + cloud.Options.ProjectId);
            case CloudFaultKind.NotEnabled: throw CloudException.Disabled(service, place.Title, number);
            case CloudFaultKind.QuotaExceeded: throw CloudException.Quota(service, number);
            case CloudFaultKind.Unavailable: throw new CloudException(503, "UNAVAILABLE", "The service is currently unavailable.");
            case CloudFaultKind.ConcurrentChange: throw CloudException.Conflict();
        }

        // The token endpoint and the URL of an upload carry their own proof.
        if (place.Api == CloudApi.Tokens || call.Context.Request.Path.StartsWithSegments(SignedUploads.Prefix)) return;
        if (call.Caller.Length == 0) throw CloudException.Unauthenticated();

        // These two are asked before anything is enabled; gcloud asks the second as its own project.
        if (place.Api is not (CloudApi.ServiceUsage or CloudApi.Billing) && !cloud.Services.IsUsable(service)) throw CloudException.Disabled(service, place.Title, number);
    }
}
