using Google.Apis.Http;
using Psoxy.Gcp.Health;

namespace Psoxy.Gcp.Identity;

/// <summary>Google's own way to the metadata server, watched for what its clock says.</summary>
internal sealed class MetadataHttp(Clocks clocks) : HttpClientFactory
{
    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new DateObserver(clocks, "Google", base.CreateHandler(args));
}
