namespace Psoxy.Cli.Deployment;

/// <summary>How a connector's application proves who it is.</summary>
internal enum CredentialKind
{
    /// <summary>By identity tokens of the function's service account: nothing is kept that could be stolen.</summary>
    Federated = 0,

    /// <summary>By a certificate, whose private key lies in Secret Manager.</summary>
    Certificate,
}
