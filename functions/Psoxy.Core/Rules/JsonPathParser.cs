using System.Diagnostics.CodeAnalysis;

namespace Psoxy.Core.Rules;

/// <summary>Reads the subset of JSON path that rules may use; anything else is an error, never ignored.</summary>
public static class JsonPathParser
{
    internal const int MaxLength = 4096;
    internal const int MaxSteps = 64;

    /// <summary>Reads a path that starts with <c>$</c>.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">What it says.</param>
    /// <param name="error">What is wrong and what was expected.</param>
    /// <param name="errorAt">At which character, from 0.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error, out int errorAt)
    {
        ArgumentNullException.ThrowIfNull(text);
        path = null;
        var reader = new JsonPathReader(text);
        if (text.Length > MaxLength) reader.Fail($"a path of at most {MaxLength} characters");
        else path = reader.ReadWhole();
        (error, errorAt) = (reader.Error, reader.ErrorAt);
        return error is null;
    }
}
