namespace Psoxy.Cli.Pseudonyms;

/// <summary>In what the old and the new answer are not the same.</summary>
internal enum Disagreement
{
    /// <summary>Both are pseudonyms, of another hash: another salt, another canonical form, or somebody else.</summary>
    Hash,

    /// <summary>The same hash, another domain.</summary>
    Domain,

    /// <summary>The same hash, and what only the key's holder can read is another: another key, or the same address in another spelling.</summary>
    Reversible,

    /// <summary>The same hash, written in another way.</summary>
    Form,

    /// <summary>A pseudonym in the old answer, something else in the new one.</summary>
    OnlyOld,

    /// <summary>A pseudonym in the new answer, something else in the old one.</summary>
    OnlyNew,
}
