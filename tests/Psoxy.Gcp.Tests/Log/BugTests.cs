using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Psoxy.Gcp.Log;

namespace Psoxy.Gcp.Tests.Log;

/// <summary>A bug of ours, as somebody's server would have it who reads a request that throws.</summary>
public sealed class BugTests
{
    [Test]
    public async Task A_bug_has_its_one_line_too_without_the_exceptions_text()
    {
        using var output = new MemoryStream();
        using var requests = new RequestLogProvider(output, new object(), null);
        var settings = new Dictionary<string, string?>
        {
            ["FUNCTION_TARGET"] = "Psoxy.Gcp.OutlookMailFunction", ["SOURCE"] = "outlook-mail", ["WARM_UP"] = "false", ["TENANT_ID"] = "contoso.example", ["CLIENT_ID"] = Guid.NewGuid().ToString(),
            ["PSOXY_SALT"] = "salt", ["PSOXY_ENCRYPTION_KEY"] = "key",
        };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(requests));
        new Startup().ConfigureServices(new WebHostBuilderContext { Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build() }, services);
        await using var provider = services.BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = provider };
        context.Features.Set<IHttpRequestFeature>(new BrokenRequest());

        await provider.GetRequiredService<ProxyFunction>().HandleAsync(context);

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(1));
        using var line = JsonDocument.Parse(lines[0]);
        Assert.That((line.RootElement.GetProperty("error").GetString(), line.RootElement.GetProperty("severity").GetString(), context.Response.StatusCode), Is.EqualTo(("Unknown", "ERROR", 500)));
        Assert.That(lines[0], Does.Not.Contain("Kanarie"));
    }

    private sealed class BrokenRequest : HttpRequestFeature, IHttpRequestFeature
    {
        string IHttpRequestFeature.RawTarget
        {
            get => throw new InvalidOperationException("Kanarie Person");
            set => throw new InvalidOperationException();
        }
    }
}
