using Azure.Core;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary>What the world outside gives to these commands; a test gives another.</summary>
internal sealed record EntraContext
{
    /// <summary>Variables of the environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>By whose clock to wait.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The way to Graph.</summary>
    public Func<HttpMessageHandler> Handler { get; init; } = () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(20) };

    /// <summary>Who signs in, where no option says so; <c>null</c> asks <see cref="SignIn"/>.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>Runs gcloud with something on its standard input; <c>null</c> where there is no gcloud.</summary>
    public Func<IReadOnlyList<string>, ReadOnlyMemory<byte>, CancellationToken, Task<GcloudAnswer?>> Gcloud { get; init; } = Psoxy.Cli.Deployment.Gcloud.RunAsync;

    /// <summary>Answers a question on the terminal; <c>null</c> where there is none to ask on.</summary>
    public Func<string, bool>? Confirm { get; init; } = Console.IsInputRedirected ? null : Ask;

    private static bool Ask(string question)
    {
        Console.Error.Write(question + " [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
