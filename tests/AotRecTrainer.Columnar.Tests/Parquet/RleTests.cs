using AotRecTrainer.Columnar.Parquet.Encodings;
using AotRecTrainer.Columnar.Tests.Support;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class RleTests
{
    [Fact]
    public void Encode_TheSpecificationsExample_GivesItsBytes()
    {
        // 0 to 7 in three bits each: 10001000 11000110 11111010, behind the head of one group of eight.
        Assert.Equal([0x03, 0x88, 0xC6, 0xFA], Encode([0, 1, 2, 3, 4, 5, 6, 7], 3));
    }

    [Fact]
    public void Encode_OneRun_IsItsLengthAndValue() => Assert.Equal([0xC8, 0x01, 0x2C, 0x01], Encode([.. Enumerable.Repeat(300, 100)], 9));

    [Fact]
    public void Encode_AnyValues_ComeBackInPartsOfAnySize() => Property.Holds<int[]>(numbers =>
    {
        for (int width = 0; width <= 32; width++)
        {
            int[] values = [.. numbers.SelectMany(n => Enumerable.Repeat(Fit(n, width), Math.Abs(n % 20) + 1))];
            byte[] encoded = Encode(values, width);
            RleDecoder decoder = Decoder(encoded, width);
            int[] read = new int[values.Length];
            for (int done = 0, part = 1; done < read.Length; part = (part * 3 % 17) + 1)
            {
                int count = Math.Min(part, read.Length - done);
                int run = decoder.TakeRun(Padded(encoded), count, out int value);
                if (run > 0)
                    read.AsSpan(done, run).Fill(value);
                else
                    Assert.True(decoder.TryRead(Padded(encoded), read.AsSpan(done, run = count)));
                done += run;
            }

            Assert.Equal(values, read);
        }
    });

    [Theory]
    [InlineData("", 1, "nothing")]
    [InlineData("80", 1, "half a head")]
    [InlineData("FFFFFFFFFF7F", 1, "a head of more than five bytes")]
    [InlineData("0001", 1, "a run of none")]
    [InlineData("10", 8, "a run without its value")]
    [InlineData("1001", 16, "a run with half its value")]
    [InlineData("03", 3, "a group without its bytes")]
    [InlineData("01", 3, "no groups")]
    public void TryRead_Damaged_IsFalse(string hex, int width, string what) =>
        Assert.False(Decoder(Convert.FromHexString(hex), width).TryRead(Padded(Convert.FromHexString(hex)), new int[8]), what);

    [Fact]
    public void TryRead_LastGroupCutShort_GivesWhatTheBytesHold()
    {
        byte[] bytes = [0x03, 0x88, 0xC6];
        RleDecoder decoder = Decoder(bytes, 3);
        int[] values = new int[5];
        Assert.True(decoder.TryRead(Padded(bytes), values));
        Assert.Equal([0, 1, 2, 3, 4], values);
        Assert.False(decoder.TryRead(Padded(bytes), new int[1]));
    }

    [Fact]
    public void TryRead_HugeCounts_EndWithTheBytes()
    {
        // A claim of 2^28 groups in two bytes.
        byte[] bytes = [0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0xAA, 0x55];
        RleDecoder decoder = Decoder(bytes, 1);
        int[] values = new int[16];
        Assert.True(decoder.TryRead(Padded(bytes), values));
        Assert.False(decoder.TryRead(Padded(bytes), new int[1]));
    }

    [Theory, InlineData(0u, 0), InlineData(1u, 1), InlineData(2u, 2), InlineData(255u, 8), InlineData(256u, 9), InlineData(uint.MaxValue, 32)]
    public void Width_LargestValue_IsItsBits(uint largest, int width) => Assert.Equal(width, RleEncoder.Width(largest));

    private static int Fit(int value, int width) => width == 32 ? value : value & ((1 << width) - 1);

    private static byte[] Encode(int[] values, int width)
    {
        ByteWriter writer = new();
        RleEncoder.Encode(values, width, writer);
        return writer.Written.ToArray();
    }

    private static RleDecoder Decoder(byte[] encoded, int width) => new(Padded(encoded), 0, encoded.Length, width);

    private static byte[] Padded(byte[] encoded) => [.. encoded, .. new byte[RleDecoder.Slack]];
}
