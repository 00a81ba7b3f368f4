using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Tests.Arrow;

public sealed class BitmapTests
{
    [Fact]
    public void SetRange_EveryStartAndCount_SetsThoseBitsAndNoOthers()
    {
        for (int start = 0; start < 20; start++)
        {
            for (int count = 0; count < 150; count++)
            {
                byte[] bits = new byte[24];
                Bitmap.SetRange(bits, start, count);
                for (int i = 0; i < bits.Length * 8; i++)
                    Assert.Equal(i >= start && i < start + count, Bitmap.Get(bits, i));
            }
        }
    }

    [Fact]
    public void CountSet_EveryCount_MatchesCountingOneByOne()
    {
        byte[] bits = new byte[32];
        new Random(3).NextBytes(bits);
        for (int count = 0; count <= bits.Length * 8; count++)
            Assert.Equal(Enumerable.Range(0, count).Count(i => Bitmap.Get(bits, i)), Bitmap.CountSet(bits, count));
    }

    [Fact]
    public void Set_OneBit_IsTheLowestOfItsByteFirst()
    {
        byte[] bits = new byte[2];
        Bitmap.Set(bits, 0);
        Bitmap.Set(bits, 9);
        Assert.Equal([0b0000_0001, 0b0000_0010], bits);
    }

    [Theory, InlineData(0, 0), InlineData(1, 1), InlineData(8, 1), InlineData(9, 2), InlineData(int.MaxValue, 268_435_456)]
    public void ByteCount_Bits_RoundsUp(int bits, int bytes) => Assert.Equal(bytes, Bitmap.ByteCount(bits));
}
