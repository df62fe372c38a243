using System.Text.Json;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>The allow-list on a value in memory (rules-language section 3).</summary>
internal static class DomSchema
{
    private const int MaxHops = 32;

    public static DomNode Filter(ResponseSchema schema, DomNode value, SanitizeReport report)
    {
        if (value is DomScalar { Token: JsonTokenType.Null }) return value;
        for (var hops = 0; !schema.AnyOf.IsEmpty; hops++)
        {
            // An alternative that leads back to its own schema never says what stays: nothing does.
            if (hops == MaxHops || Choose(schema, value) is not { } chosen) return DomScalar.Null;
            schema = chosen;
        }

        switch (schema.Type)
        {
            case SchemaType.Object:
                if (value is not DomContainer { IsObject: true } members) return DomScalar.Null;
                Members(schema, members, report);
                return members;
            case SchemaType.Array:
                if (value is not DomContainer { IsObject: false } elements) return DomScalar.Null;
                Elements(schema, elements, report);
                return elements;
            default:
                return value is DomScalar scalar && Allows(schema.Type, scalar.Token, scalar.Raw) ? value : DomScalar.Null;
        }
    }

    /// <summary>Whether a scalar is of the type.</summary>
    public static bool Allows(SchemaType type, JsonTokenType token, ReadOnlySpan<byte> raw) => type switch
    {
        SchemaType.Unspecified => true,
        SchemaType.String => token == JsonTokenType.String,
        SchemaType.Number => token == JsonTokenType.Number,
        SchemaType.Integer => token == JsonTokenType.Number && IntegralNumber.Is(raw),
        SchemaType.Boolean => token is JsonTokenType.True or JsonTokenType.False,
        _ => false,
    };

    private static void Members(ResponseSchema schema, DomContainer members, SanitizeReport report)
    {
        members.Slots.RemoveAll(member =>
        {
            if (member.IsAugment) return false;
            if (member.Name is { } name && schema.Properties.TryGetValue(name, out var property))
            {
                member.Value = Filter(property, member.Value, report);
                return false;
            }

            report.CountUnknown(member.Name);
            return true;
        });
    }

    private static void Elements(ResponseSchema schema, DomContainer elements, SanitizeReport report)
    {
        elements.Slots.RemoveAll(element =>
        {
            var wasNull = element.Value is DomScalar { Token: JsonTokenType.Null };
            element.Value = schema.Items is { } items ? Filter(items, element.Value, report) : DomScalar.Null;
            var becameNull = !wasNull && element.Value is DomScalar { Token: JsonTokenType.Null };
            report.Dropped += becameNull ? 1 : 0;
            return becameNull;
        });
    }

    private static ResponseSchema? Choose(ResponseSchema schema, DomNode value)
    {
        foreach (var alternative in schema.AnyOf)
        {
            if (alternative.Condition is null || Holds(alternative.Condition, value)) return alternative.Then;
            if (alternative.Else is { } otherwise) return otherwise;
        }

        return null;
    }

    private static bool Holds(SchemaCondition condition, DomNode value) =>
        value is DomContainer { IsObject: true } members
        && condition.Constants.All(constant => members.Slots.Exists(member => member.Name == constant.Key && DomFilter.Equal(member.Value, constant.Value)));
}
