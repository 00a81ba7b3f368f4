using AotRecTrainer.Columnar.Parquet.Encodings;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class BitUnpackerTests
{
    [Fact]
    public void Unpack_EveryWidthAndStart_MatchesBitByBit()
    {
        byte[] bytes = new byte[700];
        new Random(11).NextBytes(bytes);
        int[] values = new int[150];
        for (int width = 0; width <= 64; width++)
        {
            for (int start = 0; start < 9; start++)
            {
                if (width <= 32)
                    BitUnpacker.Unpack(bytes, start, width, values);
                for (int i = 0; i < (width <= 32 ? values.Length : 60); i++)
                {
                    ulong expected = 0;
                    for (int bit = 0; bit < width; bit++)
                    {
                        int at = start + (i * width) + bit;
                        expected |= (ulong)(bytes[at / 8] >> (at % 8) & 1) << bit;
                    }

                    Assert.Equal(expected, BitUnpacker.Unpack(bytes, start + ((long)i * width), width));
                    if (width <= 32)
                        Assert.Equal((uint)expected, (uint)values[i]);
                }
            }
        }
    }

    [Fact]
    public void Unpack_BeyondTheBytes_Throws()
    {
        Assert.Throws<ArgumentException>(() => BitUnpacker.Unpack(new byte[16], 0, 13, new int[5]));
        Assert.Throws<ArgumentException>(() => BitUnpacker.Unpack(new byte[16], 60, 5));
    }
}
