using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>A difference between what is and what should be.</summary>
/// <param name="Kind">What will be done about it.</param>
/// <param name="Text">For people, one line.</param>
/// <param name="Step">What does it; <c>null</c> for a warning.</param>
internal sealed record Finding(FindingKind Kind, string Text, Step? Step = null);

/// <summary>What is done about a difference.</summary>
internal enum FindingKind
{
    /// <summary>Nothing: somebody should look.</summary>
    Warning = 0,

    /// <summary>Something is made.</summary>
    Create,

    /// <summary>Something is changed.</summary>
    Change,

    /// <summary>Something is taken away.</summary>
    Remove,
}

/// <summary>One request to Graph, or a part of one.</summary>
internal abstract record Step
{
    /// <summary>Makes the service account, which is Google's and comes first.</summary>
    internal sealed record CreateAccount : Step;

    /// <summary>Makes the application.</summary>
    internal sealed record CreateApplication : Step;

    /// <summary>Sets properties of the application; all of a plan go out together.</summary>
    internal sealed record SetProperty(string Name, JsonNode Value) : Step;

    /// <summary>Makes the service principal.</summary>
    internal sealed record CreatePrincipal : Step;

    /// <summary>Adds an owner.</summary>
    internal sealed record AddOwner(string Id) : Step;

    /// <summary>Makes the federated credential.</summary>
    internal sealed record CreateCredential : Step;

    /// <summary>Makes a federated credential the wanted one.</summary>
    internal sealed record ChangeCredential(string Id) : Step;

    /// <summary>Removes a federated credential.</summary>
    internal sealed record RemoveCredential(string Id) : Step;

    /// <summary>Removes a client secret.</summary>
    internal sealed record RemoveSecret(string KeyId) : Step;
}
