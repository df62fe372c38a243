using System.CommandLine;
using Azure.Core;
using Azure.Identity;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary>How whoever sets up applications proves who they are. No secret is taken as an option, and none is kept.</summary>
internal static class SignIn
{
    /// <summary>Holds an access token for Graph, made elsewhere.</summary>
    public const string TokenVariable = "PSOXY_GRAPH_TOKEN";

    private static readonly string[] Ways = ["auto", "az", "device-code", "environment", "token"];

    public static Option<string> Option()
    {
        var option = new Option<string>("--auth")
        {
            Description = $"How to sign in: az (the Azure CLI's account), device-code (in a browser), environment (AZURE_CLIENT_ID and the others), token (in {TokenVariable}); auto takes the first that there is.",
            HelpName = "WAY",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong(Ways);
        return option;
    }

    /// <summary>A credential of that way.</summary>
    /// <param name="way">One of the option's.</param>
    /// <param name="settings">Whose tenant and cloud.</param>
    /// <param name="environment">Where the variables are.</param>
    /// <param name="tell">Shows the code that is to be typed into a browser.</param>
    /// <param name="isTerminal">Whether somebody is there to type it.</param>
    public static TokenCredential Create(string way, DeploymentSettings settings, Func<string, string?> environment, Action<string> tell, bool isTerminal)
    {
        var login = environment("LOGIN_HOST") is { Length: > 0 } host ? host : null;
        var authority = new Uri($"https://{login ?? settings.Cloud.LoginHost}/");
        TokenCredential DeviceCode() => new DeviceCodeCredential(new DeviceCodeCredentialOptions
        {
            TenantId = settings.Tenant,
            AuthorityHost = authority,
            DisableInstanceDiscovery = login is not null,
            DeviceCodeCallback = (code, _) =>
            {
                tell(code.Message);
                return Task.CompletedTask;
            },
        });
        TokenCredential Azure() => new AzureCliCredential(new AzureCliCredentialOptions { TenantId = settings.Tenant });
        TokenCredential Environment() => new EnvironmentCredential(new EnvironmentCredentialOptions { AuthorityHost = authority, DisableInstanceDiscovery = login is not null });
        var token = environment(TokenVariable) is { Length: > 0 } text ? new GivenToken(text) : null;
        return way switch
        {
            "az" => Azure(),
            "device-code" => DeviceCode(),
            "environment" => Environment(),
            "token" => token ?? throw new UsageException($"{TokenVariable} is not set."),
            _ => token ?? (TokenCredential)new ChainedTokenCredential([Environment(), Azure(), .. isTerminal ? [DeviceCode()] : (TokenCredential[])[]]),
        };
    }

    private sealed class GivenToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
