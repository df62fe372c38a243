namespace Psoxy.Emulator.Entra.Directory;

/// <summary>A directory role that whoever signs in may have.</summary>
public enum DirectoryRole
{
    /// <summary>None: an ordinary member.</summary>
    None = 0,

    /// <summary>May make applications even where members may not.</summary>
    ApplicationDeveloper,

    /// <summary>May change every application.</summary>
    ApplicationAdministrator,

    /// <summary>May grant Graph's application permissions.</summary>
    PrivilegedRoleAdministrator,

    /// <summary>May all of it.</summary>
    GlobalAdministrator,
}
