using System.Globalization;
using Google.Protobuf;

namespace Psoxy.Testing;

/// <summary>As much of OTLP's protobuf as the tests look at; field numbers are those of the OpenTelemetry protocol, version 1.</summary>
internal static class OtlpReader
{
    public static IEnumerable<ReceivedSpan> Spans(byte[] request) =>
        from resource in Messages(request, 1) from scope in Messages(resource, 2) from span in Messages(scope, 2) select Span(span);

    public static IEnumerable<ReceivedPoint> Points(byte[] request) =>
        from resource in Messages(request, 1)
        from scope in Messages(resource, 2)
        from metric in Messages(scope, 2)
        let name = Text(metric, 1)
        from point in Numbers(metric, name).Concat(Histograms(metric, name))
        select point;

    public static IEnumerable<KeyValuePair<string, string>> Resources(byte[] request) =>
        from resource in Messages(request, 1) from inner in Messages(resource, 1) from attribute in Attributes(inner, 1) select attribute;

    private static ReceivedSpan Span(byte[] span) => new(
        Convert.ToHexStringLower(Messages(span, 1).Single()),
        Convert.ToHexStringLower(Messages(span, 2).Single()),
        Convert.ToHexStringLower(Messages(span, 4).SingleOrDefault() ?? []),
        Text(span, 3),
        Text(span, 5),
        Messages(span, 11).Count(),
        Attributes(span, 9).ToDictionary());

    // Gauge 5 and sum 7 hold number points, histogram 9 its own.
    private static IEnumerable<ReceivedPoint> Numbers(byte[] metric, string name) =>
        from data in Messages(metric, 5).Concat(Messages(metric, 7))
        from point in Messages(data, 1)
        select new ReceivedPoint(name, Fixed(point, 4) is { } number ? BitConverter.UInt64BitsToDouble(number) : (long)(Fixed(point, 6) ?? 0), 1, Attributes(point, 7).ToDictionary());

    private static IEnumerable<ReceivedPoint> Histograms(byte[] metric, string name) =>
        from data in Messages(metric, 9)
        from point in Messages(data, 1)
        select new ReceivedPoint(name, BitConverter.UInt64BitsToDouble(Fixed(point, 5) ?? 0), (long)(Fixed(point, 4) ?? 0), Attributes(point, 9).ToDictionary());

    private static IEnumerable<KeyValuePair<string, string>> Attributes(byte[] message, int field) =>
        from pair in Messages(message, field) let value = Messages(pair, 2).SingleOrDefault() ?? [] select new KeyValuePair<string, string>(Text(pair, 1), Value(value));

    // A text, or a number or truth as text.
    private static string Value(byte[] any) => Messages(any, 1).Any() ? Text(any, 1) : string.Join(',', Varints(any).Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static string Text(byte[] message, int field) => Messages(message, field).Select(System.Text.Encoding.UTF8.GetString).SingleOrDefault() ?? "";

    private static IEnumerable<byte[]> Messages(byte[] message, int field) => Fields(message).Where(found => found.Field == field && found.Bytes is not null).Select(found => found.Bytes!);

    private static ulong? Fixed(byte[] message, int field) => Fields(message).Where(found => found.Field == field && found.Type == WireFormat.WireType.Fixed64).Select(found => (ulong?)found.Number).FirstOrDefault();

    private static IEnumerable<ulong> Varints(byte[] message) => Fields(message).Where(found => found.Type == WireFormat.WireType.Varint).Select(found => found.Number);

    private static List<(int Field, WireFormat.WireType Type, byte[]? Bytes, ulong Number)> Fields(byte[] message)
    {
        var fields = new List<(int Field, WireFormat.WireType Type, byte[]? Bytes, ulong Number)>();
        using var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var (field, type) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
            if (type == WireFormat.WireType.LengthDelimited) fields.Add((field, type, input.ReadBytes().ToByteArray(), 0));
            else if (type == WireFormat.WireType.Fixed64) fields.Add((field, type, null, input.ReadFixed64()));
            else if (type == WireFormat.WireType.Fixed32) fields.Add((field, type, null, input.ReadFixed32()));
            else fields.Add((field, type, null, input.ReadUInt64()));
        }

        return fields;
    }
}
