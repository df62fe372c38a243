using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Psoxy.Emulator.Faults;
using Psoxy.Emulator.Hosting;

namespace Psoxy.Emulator.Google.Run;

/// <summary>Where a function is called: Cloud Run's front end, which asks IAM who may, and sends the request on to the instance.</summary>
internal sealed class ServiceFront : IAsyncDisposable
{
    private static readonly HashSet<string> HopByHop = new(["Connection", "Keep-Alive", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host"], StringComparer.OrdinalIgnoreCase);

    private readonly GoogleCloud _cloud;
    private readonly RunService _service;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    private LoopbackServer? _server;

    private ServiceFront(GoogleCloud cloud, RunService service) => (_cloud, _service) = (cloud, service);

    public Uri Address => new($"https://localhost:{_server!.Port}");

    public static async Task<ServiceFront> StartAsync(GoogleCloud cloud, RunService service, CancellationToken cancellationToken)
    {
        var front = new ServiceFront(cloud, service);
        front._server = await LoopbackServer.StartAsync(new FaultSwitch(), cloud.Certificate, HttpProtocols.Http1AndHttp2, 0, _ => { }, app => app.Run(front.AnswerAsync), cancellationToken);
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _client.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var token = CallerToken.Read(context.Request.Headers, _cloud.Signer, Address, _cloud.Issuer);
        var isPublic = _cloud.Roles.Grants(_service.Policy, "", "run.routes.invoke");
        if (!isPublic && token.IsBad)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\"";
            return RefuseAsync(context, 401, "Unauthorized", "Your client does not have permission to the requested URL <code>" + WebUtility.HtmlEncode(context.Request.Path.Value) + "</code>.");
        }

        var mayCall = isPublic || (token.Member.Length > 0 && (_cloud.Roles.Grants(_service.Policy, token.Member, "run.routes.invoke") || _cloud.Roles.Grants(_cloud.Project.Policy, token.Member, "run.routes.invoke")));
        if (!mayCall) return RefuseAsync(context, 403, "Forbidden", "Your client does not have permission to get URL <code>" + WebUtility.HtmlEncode(context.Request.Path.Value) + "</code> from this server.");
        return _service.Serving is { } revision
            ? ForwardAsync(context, revision, isPublic ? null : token)
            : RefuseAsync(context, 404, "Page not found", "The requested URL was not found on this server.");
    }

    private async Task ForwardAsync(HttpContext context, Revision revision, CallerToken? token)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(revision.Process.Address.ToString().TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true) request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (HopByHop.Contains(name) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)) continue;
            var sent = token is not null && name.Equals(token.Header, StringComparison.OrdinalIgnoreCase) && !Keeps(token) ? [CallerToken.Strip(values.ToString())] : values.ToArray();
            if (!request.Headers.TryAddWithoutValidation(name, sent)) request.Content?.Headers.TryAddWithoutValidation(name, sent);
        }

        AddPlatformHeaders(context, request.Headers);
        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(request, context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            await RefuseAsync(context, 503, "Server Error", "The service you requested is not available at this time.");
            return;
        }

        using (response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
                if (!HopByHop.Contains(name)) context.Response.Headers[name] = values.ToArray();
            context.Response.Headers.Server = "Google Frontend";
            await RelayAsync(context, response);
        }
    }

    // A body that breaks off must not look like one that ended.
    private static async Task RelayAsync(HttpContext context, HttpResponseMessage response)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private bool Keeps(CallerToken token) => _cloud.Options.KeepsSignatures && token.Header != CallerToken.Serverless && token.Audience != CallerToken.GcloudAudience;

    private static void AddPlatformHeaders(HttpContext context, HttpRequestHeaders headers)
    {
        // What the caller wrote comes first, as with Google; who calls is the connection's address, which on loopback says nothing.
        var before = context.Request.Headers["X-Forwarded-For"].ToString();
        var address = context.Connection.RemoteIpAddress!.ToString();
        headers.TryAddWithoutValidation("X-Forwarded-For", before.Length > 0 ? $"{before},{address}" : address);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        var (trace, span) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), RandomNumberGenerator.GetBytes(8));
        if (!headers.Contains("traceparent")) headers.TryAddWithoutValidation("traceparent", $"00-{trace}-{Convert.ToHexStringLower(span)}-01");
        if (!headers.Contains("X-Cloud-Trace-Context")) headers.TryAddWithoutValidation("X-Cloud-Trace-Context", $"{trace}/{BitConverter.ToUInt64(span)};o=1");
        headers.TryAddWithoutValidation("Forwarded", $"for=\"{address}\";proto=https");
        headers.Host = context.Request.Host.Value;
    }

    private static Task RefuseAsync(HttpContext context, int status, string title, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=UTF-8";
        context.Response.Headers.Server = "Google Frontend";
        return context.Response.WriteAsync($"\n<html><head>\n<meta http-equiv=\"content-type\" content=\"text/html;charset=utf-8\">\n<title>{status} {title}</title>\n</head>\n<body text=#000000 bgcolor=#ffffff>\n<h1>Error: {title}</h1>\n<h2>{text}</h2>\n<h2></h2>\n</body></html>\n");
    }
}
