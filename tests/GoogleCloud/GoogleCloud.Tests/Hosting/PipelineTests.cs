using System.Net;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoogleCloud.Tests.Hosting;

/// <summary>The host that <see cref="EntryPoint"/> builds, on a real socket.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PipelineTests : IDisposable
{
    private const int DefaultBodyLimit = 30_000_000;
    private IHost? host;
    private HttpClient? client;

    public void Dispose()
    {
        client?.Dispose();
        host?.Dispose();
    }

    [Test]
    public async Task Startups_of_the_function_run_in_their_order_and_before_it()
    {
        await StartAsync<StartedFunction>();

        Assert.That(await client!.GetStringAsync("/"), Is.EqualTo("early>late> hello from late late 1"), "the last configuration and the last service win");
    }

    [Test]
    public async Task Every_request_has_an_instance_of_its_own()
    {
        await StartAsync<StartedFunction>();
        await client!.GetStringAsync("/");

        Assert.That(await client!.GetStringAsync("/"), Does.EndWith(" 1"));
    }

    [Test]
    public async Task A_failure_is_a_500_without_a_word()
    {
        await StartAsync<PlainFunction>();
        using var response = await client!.GetAsync("/throw");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task Kestrel_has_its_own_defaults()
    {
        await StartAsync<PlainFunction>();
        using var whole = await client!.PostAsync("/", new ByteArrayContent(new byte[DefaultBodyLimit]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(new byte[DefaultBodyLimit + 1]) };
        request.Headers.ExpectContinue = true;      // or the refusal comes while the body is still being written
        using var tooLarge = await client!.SendAsync(request);

        Assert.That(await whole.Content.ReadAsStringAsync(), Is.EqualTo($"{DefaultBodyLimit}"));
        Assert.That(tooLarge.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(whole.Headers.Server.ToString(), Is.EqualTo("Kestrel"));
        Assert.That(async () => await client!.GetStringAsync("/sync"), Throws.InstanceOf<HttpRequestException>(), "synchronous writing is not allowed");
    }

    [Test]
    public void A_startup_may_not_turn_to_a_function_with_other_startups() =>
        Assert.That(Create<TurnedFunction>, Throws.InvalidOperationException.With.Message.Contains(nameof(PlainFunction)).And.Message.Contains(nameof(TurnedFunction)));

    private static IHost Create<TFunction>() => EntryPoint.CreateHost(typeof(PipelineTests).Assembly, ["--target", typeof(TFunction).FullName!, "--port", "0"]);

    private async Task StartAsync<TFunction>()
    {
        host = Create<TFunction>();
        await host.StartAsync();
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
    }
}
