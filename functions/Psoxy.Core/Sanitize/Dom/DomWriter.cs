using System.Buffers;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Writes values without white space; scalars and names as their bytes were.</summary>
internal static class DomWriter
{
    public static void Write(DomNode node, IBufferWriter<byte> output)
    {
        if (node is DomScalar scalar)
        {
            output.Write(scalar.Raw);
            return;
        }

        var container = (DomContainer)node;
        output.Write(container.IsObject ? "{"u8 : "["u8);
        var first = true;
        foreach (var slot in container.Slots)
        {
            if (!first) output.Write(","u8);
            first = false;
            if (slot.RawName is { } name)
            {
                output.Write(name);
                output.Write(":"u8);
            }

            Write(slot.Value, output);
        }

        output.Write(container.IsObject ? "}"u8 : "]"u8);
    }
}
