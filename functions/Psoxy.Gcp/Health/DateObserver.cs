namespace Psoxy.Gcp.Health;

/// <summary>Tells the clocks what an answer's date is.</summary>
internal sealed class DateObserver(Clocks clocks, string who, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        clocks.Observe(who, response.Headers.Date);
        return response;
    }
}
