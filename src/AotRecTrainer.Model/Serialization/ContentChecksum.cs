using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// CRC-32C of what a stored object says, its metadata and its numbers in their order: Arrow itself has none, and a flipped bit in a
/// number is a number too.
/// </summary>
internal struct ContentChecksum
{
    /// <summary>The metadata key under which it is stored.</summary>
    public const string Key = "crc32c";

    private uint _sum;

    /// <summary>Begins with the metadata, whatever order they come in; <see cref="Key"/> itself is left out.</summary>
    public ContentChecksum(IReadOnlyDictionary<string, string> metadata)
    {
        _sum = uint.MaxValue;
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (key == Key) continue;
            Append(key);
            Append(value);
        }
    }

    /// <summary>The sum so far, as it is stored.</summary>
    public readonly string Text => (~_sum).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Goes on with an array of numbers.</summary>
    public void Append(ReadOnlySpan<float> values)
    {
        uint sum = BitOperations.Crc32C(_sum, (uint)values.Length);
        foreach (ulong pair in MemoryMarshal.Cast<float, ulong>(values)) sum = BitOperations.Crc32C(sum, pair);
        _sum = values.Length % 2 == 0 ? sum : BitOperations.Crc32C(sum, BitConverter.SingleToUInt32Bits(values[^1]));
    }

    /// <summary>Goes on with an array of halves.</summary>
    public void Append(ReadOnlySpan<Half> values)
    {
        uint sum = BitOperations.Crc32C(_sum, (uint)values.Length);
        ReadOnlySpan<ulong> fours = MemoryMarshal.Cast<Half, ulong>(values);
        foreach (ulong four in fours) sum = BitOperations.Crc32C(sum, four);
        foreach (Half value in values[(fours.Length * 4)..]) sum = BitOperations.Crc32C(sum, BitConverter.HalfToUInt16Bits(value));
        _sum = sum;
    }

    /// <summary>Holds the sum against the one that is stored in the metadata.</summary>
    /// <exception cref="ModelException">They differ.</exception>
    public readonly void ThrowUnlessStored(MetadataReader metadata, string name)
    {
        string expected = metadata.Text(Key);
        if (Text != expected) throw new ModelException($"{name}: checksum {Text}, expected {expected}");
    }

    private void Append(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _sum = BitOperations.Crc32C(_sum, (uint)bytes.Length);
        foreach (byte value in bytes) _sum = BitOperations.Crc32C(_sum, value);
    }
}
