using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>An RFC 5322 address list as mail headers hold it.</summary>
internal static class EmailHeader
{
    public static ValueOutcome Pseudonymize(PseudonymizeEmailHeader transform, string text, Pseudonymizer pseudonymizer)
    {
        if (string.IsNullOrWhiteSpace(text)) return ValueOutcome.Replaced("");
        if (!AddressList.TryParse(text, out var addresses)) return ValueOutcome.Null;
        var pseudonyms = string.Join(',', addresses.Select(address => pseudonymizer.PseudonymizeAddress(address, transform.Encoding)));
        return ValueOutcome.Replaced(transform.Encoding == PseudonymEncoding.Json ? $"[{pseudonyms}]" : pseudonyms);
    }
}
