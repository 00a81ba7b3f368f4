using System.Text;
using AotRecTrainer.Columnar.Parquet.Codecs;
using AotRecTrainer.Columnar.Tests.Support;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class SnappyTests
{
    private const int Guard = 16;

    public static TheoryData<string> Samples => [.. SampleBytes.Keys];

    private static Dictionary<string, byte[]> SampleBytes { get; } = MakeSamples();

    [Theory, MemberData(nameof(Samples))]
    public void Compress_Sample_IsReadByOurselvesAndByAnotherImplementation(string sample)
    {
        byte[] bytes = SampleBytes[sample];
        byte[] compressed = Compress(bytes);
        Assert.Equal(bytes, Decompress(compressed, bytes.Length));
        Assert.Equal(bytes, IronSnappy.Snappy.Decode(compressed));
        Assert.Equal(compressed, Compress(bytes));
    }

    [Theory, MemberData(nameof(Samples))]
    public void TryDecompress_WrittenByAnotherImplementation_GivesTheBytes(string sample)
    {
        byte[] bytes = SampleBytes[sample];
        Assert.Equal(bytes, Decompress(IronSnappy.Snappy.Encode(bytes), bytes.Length));
    }

    [Fact]
    public void Compress_AnyBytes_ComeBack() => Property.Holds<byte[]>(bytes =>
    {
        // Few different bytes, so that there is something to copy; and the bytes as they are.
        foreach (byte[] input in (byte[][])[bytes, [.. bytes.Select(b => (byte)(b & 3))]])
        {
            Assert.Equal(input, Decompress(Compress(input), input.Length));
            Assert.Equal(input, IronSnappy.Snappy.Decode(Compress(input)));
        }
    });

    [Fact]
    public void Compress_Repetitive_IsMuchSmaller() => Assert.InRange(Compress(new byte[100_000]).Length, 1, 5_000);

    [Fact]
    public void Compress_Random_StaysWithinTheLimit()
    {
        byte[] bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        Assert.InRange(Compress(bytes).Length, bytes.Length, Snappy.MaxCompressedLength(bytes.Length));
        Assert.Throws<ArgumentException>(() => Snappy.Compress(bytes, new byte[bytes.Length]));
    }

    [Theory]
    [InlineData("", "no length")]
    [InlineData("FFFFFFFFFF", "a length of more than five bytes")]
    [InlineData("0408", "a literal cut short")]
    [InlineData("04F0", "the length of a literal cut short")]
    [InlineData("04FCFFFFFFFF", "a literal of 4 GiB")]
    [InlineData("040061", "too few bytes")]
    [InlineData("04106162636465", "too many bytes")]
    [InlineData("04006101", "a copy cut short")]
    [InlineData("0400610D02", "a copy from before the start")]
    [InlineData("0400610D00", "a copy from nowhere")]
    [InlineData("0400610A0000", "a far copy from nowhere")]
    [InlineData("0400610BFFFFFFFF", "a copy from 4 GiB before")]
    public void TryDecompress_Damaged_IsFalse(string hex, string what)
    {
        byte[] source = Convert.FromHexString(hex);
        foreach (int room in (int[])[4, 4 + 200])
            Assert.False(Snappy.TryDecompress(source, new byte[room], 4), what);
    }

    [Fact]
    public void TryDecompress_ChangedBytes_NeverWritesBeyondItsRoom()
    {
        byte[] bytes = SampleBytes["ratings"][..3_000];
        byte[] compressed = Compress(bytes);
        byte[] room = new byte[bytes.Length + 64 + Guard];
        foreach ((string what, byte[] damaged) in Damage.Mutations(compressed, firstSeed: 1, count: 20_000))
        {
            room.AsSpan(bytes.Length + 64).Fill(0xA5);
            Snappy.TryDecompress(damaged, room.AsSpan(0, bytes.Length + 64), bytes.Length);
            Assert.True(room.AsSpan(bytes.Length + 64).IndexOfAnyExcept((byte)0xA5) < 0, what);
        }
    }

    private static byte[] Compress(byte[] bytes)
    {
        byte[] room = new byte[Snappy.MaxCompressedLength(bytes.Length)];
        return room[..Snappy.Compress(bytes, room)];
    }

    // Once with room to spare, as pages have it, and once without: the fast ways out must not be needed.
    private static byte[] Decompress(byte[] compressed, int length)
    {
        byte[] spacious = new byte[length + 80];
        byte[] tight = new byte[length];
        Assert.True(Snappy.TryDecompress(compressed, spacious, length));
        Assert.True(Snappy.TryDecompress(compressed, tight, length));
        Assert.Equal(tight, spacious[..length]);
        return tight;
    }

    private static Dictionary<string, byte[]> MakeSamples()
    {
        Random random = new(20_240_611);
        byte[] noise = new byte[150_000];
        random.NextBytes(noise);
        byte[] ratings = new byte[400_000];
        for (int i = 0; i < ratings.Length; i += 4)
            BitConverter.TryWriteBytes(ratings.AsSpan(i), random.Next(1, 6) * 0.5f);
        Dictionary<string, byte[]> samples = new()
        {
            ["empty"] = [],
            ["one byte"] = [7],
            ["zeros"] = new byte[70_000],
            ["noise"] = noise,
            ["ratings"] = ratings,
            ["text"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i}::{i * 7 % 3706}::{i % 5 + 1}\n"))),
            ["block and a half"] = [.. noise[..65_536], .. noise[..32_768]],
        };

        // Patterns of every short length: their copies overlap themselves.
        for (int period = 1; period <= 20; period++)
            samples[$"period {period}"] = [.. Enumerable.Range(0, 300).Select(i => noise[i % period])];

        // Literals and copies around the lengths where their form changes.
        foreach (int length in (int[])[59, 60, 61, 63, 64, 65, 67, 68, 69, 255, 256, 257, 65_535, 65_536, 65_537])
            samples[$"literal {length}"] = [.. noise[..length], .. noise[..length], .. new byte[length]];
        return samples;
    }
}
