namespace Psoxy.Core.Rules.Dialect;

/// <summary>Reads <c>[…]</c>. Java's unions and intersections have no counterpart in .NET and are refused.</summary>
internal static class JavaClassReader
{
    /// <summary>The class as .NET writes it, the cursor being behind the bracket; empty after an error.</summary>
    public static string Read(JavaCursor cursor, JavaFlags flags)
    {
        var negated = cursor.Take("^");
        var set = new CharSet();
        for (var first = true; !cursor.Done; first = false)
        {
            if (flags.HasFlag(JavaFlags.Comments) && cursor.SkipComments())
            {
                if (cursor.Done) break;
            }

            if (cursor.Peek() == ']' && !first)
            {
                cursor.At++;
                if (flags.HasFlag(JavaFlags.IgnoreCase)) set.FoldAsciiCase();
                return set.ToNet(negated);
            }

            if (cursor.Peek() == '[') cursor.Fail("'[' inside […] is a union in Java and a character in .NET: escape it as '\\['");
            else if (cursor.Peek() == '&' && cursor.Peek(1) == '&') cursor.Fail("'&&' inside […] is an intersection in Java; .NET has none");
            else ReadItem(cursor, flags, set);
        }

        cursor.Fail("a '[' is not closed");
        return "";
    }

    private static void ReadItem(JavaCursor cursor, JavaFlags flags, CharSet set)
    {
        if (cursor.Take(@"\Q"))
        {
            foreach (var quoted in cursor.ReadQuoted()) AddOne(cursor, set, quoted);
            return;
        }

        if (cursor.Peek() == '\\' && JavaClasses.Shorthand(cursor.Peek(1)) is { } shorthand)
        {
            cursor.At += 2;
            set.Add(shorthand);
            return;
        }

        if (cursor.Peek() == '\\' && cursor.Peek(1) is 'p' or 'P')
        {
            cursor.At++;
            if (ReadProperty(cursor, flags) is { } property) set.Add(property);
            return;
        }

        if (ReadOne(cursor) is not { } low) return;

        // A '-' before ']' stands for itself, in Java as in .NET.
        if (cursor.Peek() != '-' || cursor.Peek(1) is ']' or '[' or '\0') AddOne(cursor, set, low);
        else
        {
            cursor.At++;
            if (ReadOne(cursor) is not { } high) return;
            if (high < low) cursor.Fail("a range that runs backwards");
            else if (high > char.MaxValue) cursor.Fail("a character beyond FFFF inside […] is two characters to .NET");
            else set.Add(low, high);
        }
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
