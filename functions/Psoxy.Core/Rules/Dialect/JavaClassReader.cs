namespace Psoxy.Core.Rules.Dialect;

/// <summary>Reads <c>[…]</c>. Java's unions and intersections have no counterpart in .NET and are refused.</summary>
internal static class JavaClassReader
{
    /// <summary>The class as .NET writes it, the cursor being behind the bracket; empty after an error.</summary>
    /// <param name="cursor">Behind the bracket.</param>
    /// <param name="flags">On at this place.</param>
    /// <param name="hasCase">Whether case may matter: Java folds the characters and ranges that a class lists, not what <c>\w</c> or <c>\p{L}</c> in it stand for.</param>
    public static string Read(JavaCursor cursor, JavaFlags flags, out bool hasCase)
    {
        hasCase = false;
        var negated = cursor.Take("^");
        var set = new CharSet();
        var hasClass = false;
        for (var first = true; !cursor.Done; first = false)
        {
            if (flags.HasFlag(JavaFlags.Comments) && cursor.SkipComments())
            {
                if (cursor.Done) break;
            }

            if (cursor.Peek() == ']' && !first)
            {
                cursor.At++;
                if (hasCase && hasClass && flags.HasFlag(JavaFlags.IgnoreCase | JavaFlags.UnicodeCase)) cursor.Fail("a class such as \\w beside characters in […] under (?iu) cannot be said in .NET");
                if (flags.HasFlag(JavaFlags.IgnoreCase)) set.FoldAsciiCase();
                return set.ToNet(negated);
            }

            if (cursor.Peek() == '[') cursor.Fail("'[' inside […] is a union in Java and a character in .NET: escape it as '\\['");
            else if (cursor.Peek() == '&' && cursor.Peek(1) == '&') cursor.Fail("'&&' inside […] is an intersection in Java; .NET has none");
            else if (ReadItem(cursor, flags, set)) hasClass = true;
            else hasCase = true;
        }

        cursor.Fail("a '[' is not closed");
        return "";
    }

    // Whether it was a class rather than characters.
    private static bool ReadItem(JavaCursor cursor, JavaFlags flags, CharSet set)
    {
        if (cursor.Take(@"\Q"))
        {
            foreach (var quoted in cursor.ReadQuoted()) AddOne(cursor, set, quoted);
            return false;
        }

        if (cursor.Peek() == '\\' && JavaClasses.Shorthand(cursor.Peek(1)) is { } shorthand)
        {
            cursor.At += 2;
            set.Add(shorthand);
            return true;
        }

        if (cursor.Peek() == '\\' && cursor.Peek(1) is 'p' or 'P')
        {
            cursor.At++;
            if (ReadProperty(cursor, flags) is { } property) set.Add(property);
            return true;
        }

        if (ReadOne(cursor) is not { } low) return false;

        // A '-' before ']' stands for itself, in Java as in .NET.
        if (cursor.Peek() != '-' || cursor.Peek(1) is ']' or '[' or '\0') AddOne(cursor, set, low);
        else
        {
            cursor.At++;
            if (ReadOne(cursor) is not { } high) return false;
            if (high < low) cursor.Fail("a range that runs backwards");
            else if (high > char.MaxValue) cursor.Fail("a character beyond FFFF inside […] is two characters to .NET");
            else set.Add(low, high);
        }

        return false;
    }

    /// <summary><c>p{name}</c> or <c>pL</c>, the cursor being on the <c>p</c>.</summary>
    public static CharSet? ReadProperty(JavaCursor cursor, JavaFlags flags)
    {
        var negated = cursor.Peek() == 'P';
        cursor.At++;
        string? name;
        if (cursor.Take("{")) name = cursor.Until("}");
        else
        {
            name = cursor.Peek().ToString();
            cursor.At++;
        }

        if (name is null)
        {
            cursor.Fail("'\\p{' is not closed");
            return null;
        }

        var set = JavaClasses.Property(name, negated, flags.HasFlag(JavaFlags.IgnoreCase), out var error);
        if (error is not null) cursor.Fail(error);
        return set;
    }

    private static int? ReadOne(JavaCursor cursor)
    {
        if (cursor.Peek() != '\\') return cursor.ReadRaw();
        cursor.At++;
        return cursor.ReadEscaped();
    }

    private static void AddOne(JavaCursor cursor, CharSet set, int code)
    {
        if (code > char.MaxValue || char.IsSurrogate((char)code)) cursor.Fail("a character beyond FFFF inside […] is two characters to .NET");
        else set.Add(code, code);
    }
}
