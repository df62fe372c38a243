namespace Psoxy.Emulator.Graph;

/// <summary>How a page says where the next begins.</summary>
internal enum PageMark
{
    /// <summary><c>$skiptoken</c> with the last row's key.</summary>
    LastKey = 0,

    /// <summary><c>$skip</c> with a count.</summary>
    Skip,

    /// <summary><c>$skiptoken</c> that only the service can read.</summary>
    Opaque,
}

/// <summary>Rows on a page.</summary>
/// <param name="Usual">Where nothing is asked for.</param>
/// <param name="Most">More cannot be asked for.</param>
internal readonly record struct PageSize(int Usual, int Most);

/// <summary>A service behind Graph: its pages, and the words in which it refuses.</summary>
/// <param name="Mark">How its pages are marked.</param>
/// <param name="Pages">How long they are, where an endpoint says nothing else.</param>
/// <param name="Denied">Code of 403.</param>
/// <param name="NotFound">Code of 404.</param>
/// <param name="BadQuery">Code of 400 for options that it cannot read or does not support.</param>
/// <param name="BadMark">Code of 400 for a page's mark that it cannot read.</param>
/// <param name="CountsPages">Whether each page says how many rows it has.</param>
/// <param name="ClampsTop">Whether a longer page than is possible is shortened rather than refused.</param>
internal sealed record Workload(PageMark Mark, PageSize Pages, string Denied, string NotFound, string BadQuery, string BadMark, bool CountsPages = false, bool ClampsTop = false)
{
    public static readonly Workload Directory = new(PageMark.LastKey, new(100, 999), "Authorization_RequestDenied", "Request_ResourceNotFound", "Request_UnsupportedQuery", "Directory_ExpiredPageToken");
    public static readonly Workload Exchange = new(PageMark.Skip, new(10, 1000), "ErrorAccessDenied", "ErrorItemNotFound", "ErrorInvalidUrlQueryFilter", "ErrorInvalidUrlQuery");
    public static readonly Workload Teams = new(PageMark.Opaque, new(20, 50), "Forbidden", "NotFound", "BadRequest", "BadRequest", CountsPages: true);
    public static readonly Workload Calls = new(PageMark.Opaque, new(60, 60), "Forbidden", "NotFound", "BadRequest", "BadRequest", ClampsTop: true);
    public static readonly Workload PhoneLogs = Calls with { Mark = PageMark.Skip };
    public static readonly Workload Meetings = Calls with { Mark = PageMark.Skip };
    public static readonly Workload Files = new(PageMark.Opaque, new(200, 999), "accessDenied", "itemNotFound", "invalidRequest", "invalidRequest", ClampsTop: true);
    public static readonly Workload Copilot = new(PageMark.Opaque, new(100, 100), "Forbidden", "NotFound", "BadRequest", "BadRequest", ClampsTop: true);

    /// <summary>Messages hold the canary, because real ones name whoever was asked for.</summary>
    public GraphErrorException Deny(IReadOnlyList<string> anyOf, IEnumerable<string> roles) => new(403, Denied, this switch
    {
        _ when this == Directory => "Insufficient privileges to complete the operation, Kanarie.",
        _ when this == Exchange => "Access is denied. Check credentials and try again, Kanarie.",
        _ when this == Files => "Access denied, Kanarie",
        _ => $"Missing role permissions on the request, Kanarie. API requires one of '{string.Join(", ", anyOf)}'. Roles on the request '{string.Join(", ", roles)}'.",
    });

    public GraphErrorException Missing(string key) => new(404, NotFound, this switch
    {
        _ when this == Directory => $"Resource '{key}' does not exist or one of its queried reference-property objects are not present, says Kanarie.",
        _ when this == Exchange => "The specified object was not found in the store, Kanarie.",
        _ => $"The resource could not be found, Kanarie: '{key}'.",
    });

    public GraphErrorException Refuse(string message) => new(400, BadQuery, message + " (Kanarie)");
}
