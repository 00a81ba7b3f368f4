using System.Numerics;
using AotRecTrainer.Columnar.Parquet.Encodings;
using AotRecTrainer.Columnar.Tests.Support;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class DeltaTests
{
    private static readonly byte[] Slack = new byte[BitUnpacker.Slack];

    [Fact]
    public void Read_TheSpecificationsFirstExample_GivesItsValues() =>
        Assert.Equal([1, 2, 3, 4, 5], Read<int>("8001 04 05 02 02 00000000", 5));

    [Fact]
    public void Read_TheSpecificationsSecondExample_GivesItsValues() =>
        Assert.Equal([7, 5, 3, 1, 2, 3, 4, 5], Read<int>("8001 04 08 0E 03 02000000 C03F000000000000", 8));

    [Fact]
    public void Read_NoValues_LeavesNothing()
    {
        Assert.True(DeltaDecoder.TryStart([.. Hex("8001 04 00 00"), .. Slack], 0, 5, out DeltaDecoder decoder));
        Assert.Equal(0, decoder.Left);
        Assert.False(decoder.TryRead(Slack, new int[1]));
        Assert.True(decoder.TrySkip([.. Hex("8001 04 00 00"), .. Slack], out int next));
        Assert.Equal(5, next);
    }

    [Fact]
    public void Read_AnyLongs_ComeBackInPartsAndEndWhereTheyShould() => Property.Holds<long[]>(values => RoundTrip(values));

    [Fact]
    public void Read_AnyInts_ComeBackInPartsAndEndWhereTheyShould() => Property.Holds<int[]>(values => RoundTrip(values));

    [Fact]
    public void Read_ExtremesSideBySide_WrapAround() =>
        RoundTrip([long.MinValue, long.MaxValue, 0, -1, long.MaxValue, long.MinValue, 1, .. Enumerable.Repeat(5L, 300), long.MinValue]);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("00 04 05 02", "blocks of nothing")]
    [InlineData("8001 00 05 02", "no groups")]
    [InlineData("8001 03 05 02", "groups that do not fill a block")]
    [InlineData("8001 20 05 02", "groups of four values")]
    [InlineData("FFFFFFFF7F 04 05 02", "blocks of 2^35")]
    [InlineData("8001 04 FFFFFFFFFFFFFFFFFF01 02", "more than 2^63 values")]
    public void TryStart_Damaged_IsFalse(string hex, string what)
    {
        byte[] bytes = [.. Hex(hex), .. Slack];
        Assert.False(DeltaDecoder.TryStart(bytes, 0, bytes.Length - Slack.Length, out _), what);
    }

    [Theory]
    [InlineData("8001 04 05 02", "no block")]
    [InlineData("8001 04 05 02 02 0000", "half of the widths")]
    [InlineData("8001 04 05 02 02 41000000 00", "65 bits")]
    [InlineData("8001 04 09 0E 03 02000000 C0", "half of a group")]
    public void TryRead_Damaged_IsFalse(string hex, string what)
    {
        byte[] bytes = [.. Hex(hex), .. Slack];
        Assert.True(DeltaDecoder.TryStart(bytes, 0, bytes.Length - Slack.Length, out DeltaDecoder decoder));
        DeltaDecoder skipped = decoder;
        Assert.False(decoder.TryRead(bytes, new long[5 + (bytes[2] - 5)]), what);
        Assert.False(skipped.TrySkip(bytes, out _), what);
    }

    private static void RoundTrip<T>(T[] values)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach ((int block, int groups) in ((int, int)[])[(128, 4), (128, 1), (256, 8), (8, 1)])
        {
            byte[] encoded = DeltaEncoder.Encode(values, block, groups);
            byte[] bytes = [0xEE, .. encoded, .. Slack];
            Assert.True(DeltaDecoder.TryStart(bytes, 1, 1 + encoded.Length, out DeltaDecoder decoder));
            DeltaDecoder skipped = decoder;
            Assert.Equal(values.Length, decoder.Left);
            T[] read = new T[values.Length];
            for (int done = 0, part = 1; done < read.Length; done += part, part = Math.Min(read.Length - done, (part * 3 % 17) + 1))
                Assert.True(decoder.TryRead(bytes, read.AsSpan(done, part)));
            Assert.Equal(values, read);
            Assert.False(decoder.TryRead(bytes, new T[1]));
            Assert.True(skipped.TrySkip(bytes, out int next));
            Assert.Equal(1 + encoded.Length, next);
        }
    }

    private static T[] Read<T>(string hex, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        byte[] bytes = [.. Hex(hex), .. Slack];
        Assert.True(DeltaDecoder.TryStart(bytes, 0, bytes.Length - Slack.Length, out DeltaDecoder decoder));
        T[] values = new T[count];
        Assert.True(decoder.TryRead(bytes, values));
        Assert.Equal(0, decoder.Left);
        return values;
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
