using System.IO.Compression;
using AotRecTrainer.Columnar.Parquet.Codecs;
using AotRecTrainer.Columnar.Tests.Support;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class CodecTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Crc32_KnownText_IsTheKnownNumber(string text, uint expected) =>
        Assert.Equal(expected, Crc32.Of(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Crc32_EveryLength_MatchesBitByBit()
    {
        byte[] bytes = new byte[400];
        new Random(3).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            uint crc = uint.MaxValue;
            for (int i = 0; i < length * 8; i++)
                crc = ((crc ^ (uint)(bytes[i / 8] >> (i % 8))) & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            Assert.Equal(~crc, Crc32.Of(bytes.AsSpan(0, length)));
            Assert.Equal(crc, Crc32.UpdateByTables(uint.MaxValue, bytes.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("00", "")]
    [InlineData("30 414243", "ABC")]
    [InlineData("32 414243 0300 10 44", "ABCABCABCD")]
    [InlineData("1F 41 0100 05 50 4243444546", "AAAAAAAAAAAAAAAAAAAAAAAAABCDEF")]
    public void Lz4_KnownBlock_GivesItsText(string hex, string text)
    {
        byte[] room = new byte[text.Length];
        Assert.True(Lz4.TryDecompress(Hex(hex), room));
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(room));
    }

    [Fact]
    public void Lz4_LongLiteral_HasALengthOfSeveralBytes()
    {
        byte[] literal = new byte[15 + 255 + 7];
        new Random(1).NextBytes(literal);
        byte[] room = new byte[literal.Length];
        Assert.True(Lz4.TryDecompress([0xF0, 0xFF, 7, .. literal], room));
        Assert.Equal(literal, room);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("F0", "the length of a literal cut short")]
    [InlineData("40 414243", "a literal cut short")]
    [InlineData("50 4142434445", "too many bytes")]
    [InlineData("30 414243", "too few bytes")]
    [InlineData("00 0100", "a copy from before the start")]
    [InlineData("10 41 0000", "a copy from nowhere")]
    [InlineData("10 41 01", "a copy cut short")]
    [InlineData("1F 41 0100", "the length of a copy cut short")]
    [InlineData("11 41 0100 00", "a copy beyond the end")]
    public void Lz4_Damaged_IsFalse(string hex, string what) => Assert.False(Lz4.TryDecompress(Hex(hex), new byte[4]), what);

    [Theory, InlineData("Gzip"), InlineData("Brotli"), InlineData("Zstd"), InlineData("Lz4Raw")]
    public void TryDecompress_AnyBytes_NeverThrows(string name)
    {
        Codec codec = Enum.Parse<Codec>(name);
        Assert.SkipWhen(Decompression.Problem(codec) is not null, Decompression.Problem(codec) ?? "");
        Property.Holds<byte[]>(bytes => Decompression.TryDecompress(codec, bytes, new byte[64], 40));
    }

    [Fact]
    public void TryDecompress_GzipAndBrotli_GiveExactlyTheBytes()
    {
        byte[] bytes = [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * i % 61))];
        foreach ((Codec codec, byte[] compressed) in ((Codec, byte[])[])
            [(Codec.Gzip, Pressed(bytes, to => new GZipStream(to, CompressionLevel.Optimal))),
             (Codec.Brotli, Pressed(bytes, to => new BrotliStream(to, CompressionLevel.Optimal)))])
        {
            byte[] room = new byte[bytes.Length + 64];
            Assert.True(Decompression.TryDecompress(codec, compressed, room, bytes.Length));
            Assert.Equal(bytes, room[..bytes.Length]);
            Assert.False(Decompression.TryDecompress(codec, compressed, room, bytes.Length - 1));
            Assert.False(Decompression.TryDecompress(codec, compressed, room, bytes.Length + 1));
            Assert.False(Decompression.TryDecompress(codec, compressed.AsSpan(0, compressed.Length / 2), room, bytes.Length));
        }
    }

    private static byte[] Pressed(byte[] bytes, Func<Stream, Stream> open)
    {
        MemoryStream compressed = new();
        using (Stream stream = open(compressed))
            stream.Write(bytes);
        return compressed.ToArray();
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
