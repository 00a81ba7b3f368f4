using System.Buffers.Binary;

namespace AotRecTrainer.Dataset.Ids;

/// <summary>64 bits for a text: the same on every machine and in every version, as splits depend on it.</summary>
internal static class TextHash
{
    /// <summary>Mixes the length and then the bytes, eight at a time in little-endian order, the last padded with zeros.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        ulong hash = Mixing.Mix((ulong)text.Length + Mixing.Golden);
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
        {
            hash = Mixing.Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
        }

        if (text.IsEmpty)
        {
            return hash;
        }

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        text.CopyTo(padded);
        return Mixing.Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(padded));
    }
}
