using System.Text.Unicode;

namespace AotRecTrainer.Columnar;

/// <summary>Tells whether bytes from outside are text.</summary>
internal static class TextCheck
{
    /// <summary>Whether the bytes between each two neighboring offsets are UTF-8. The offsets must ascend within the bytes.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets)
    {
        if (!Utf8.IsValid(bytes[offsets[0]..offsets[^1]]))
            return false;

        // All of it together is valid; so is every part that does not start in the middle of a character.
        foreach (int offset in offsets)
        {
            if (offset < offsets[^1] && (bytes[offset] & 0xC0) == 0x80)
                return false;
        }

        return true;
    }
}
