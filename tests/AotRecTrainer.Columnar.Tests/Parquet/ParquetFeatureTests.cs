using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Parquet.Metadata;
using AotRecTrainer.Columnar.Parquet.Reading;
using AotRecTrainer.Columnar.Tests.Support;

namespace AotRecTrainer.Columnar.Tests.Parquet;

/// <summary>What other writers may do and ours does not: read where it can be, refused by name where not.</summary>
public sealed class ParquetFeatureTests
{
    private static readonly PageHeader Plain = new() { Type = PageType.Data, Encoding = PageEncoding.Plain };
    private static readonly HandmadeFile TwoInts = new()
    {
        Header = Plain with { Values = 2, UncompressedSize = 8, CompressedSize = 8 },
        Body = [1, 0, 0, 0, 2, 0, 0, 0],
    };

    [Fact]
    public void Handmade_PlainPage_IsRead()
    {
        using ParquetReader reader = new(new MemoryStream(TwoInts.ToBytes()));
        using RecordBatch batch = reader.ReadRowGroup(0);
        Assert.Equal([1, 2], batch["c"].Values<int>().ToArray());
    }

    [Theory]
    [InlineData(3, "compression Lzo is not supported")]
    [InlineData(5, "compression Lz4 is not supported")]
    [InlineData(99, "compression number 99 is not supported")]
    public void Read_CodecThatIsNot_IsNamed(int codec, string message) => AssertRefused(TwoInts with { Codec = codec }, message);

    [Theory]
    [InlineData(PageEncoding.BitPacked, "encoding BitPacked is not supported for this type")]
    [InlineData(PageEncoding.DeltaByteArray, "encoding DeltaByteArray is not supported for this type")]
    [InlineData(PageEncoding.RleDictionary, "a page of dictionary indices without a dictionary")]
    [InlineData((PageEncoding)77, "encoding 77 is not supported for this type")]
    internal void Read_EncodingThatIsNot_IsNamed(PageEncoding encoding, string message) =>
        AssertRefused(TwoInts with { Header = TwoInts.Header with { Encoding = encoding } }, message);

    [Fact]
    public void Read_FloatsAsDeltas_AreRefused() => AssertRefused(
        TwoInts with
        {
            Element = TwoInts.Element with { Type = PhysicalType.Float },
            Header = TwoInts.Header with { Encoding = PageEncoding.DeltaBinaryPacked },
        },
        "encoding DeltaBinaryPacked is not supported for this type");

    [Fact]
    public void Read_PageThatStandsForTooMuch_IsRefusedBeforeMemoryIsTaken()
    {
        // With Zstandard and Brotli no ratio is impossible: the limit of memory decides.
        AssertRefused(TwoInts with { Codec = 1, Header = TwoInts.Header with { UncompressedSize = 200 } }, "a page of 8 bytes that stand for 200");
        AssertRefused(
            TwoInts with { Codec = 4, Header = TwoInts.Header with { UncompressedSize = int.MaxValue - 100 } },
            "2147483611 bytes beside the 8 in use, expected at most 6710");
    }

    [Fact]
    public void Read_RunOfTwoBillionRows_FitsInBatchesOnly()
    {
        // A definition level of 0 for 2^31 - 65,536 rows: all of them null, in a few bytes.
        const int Rows = int.MaxValue - 65_535;
        HandmadeFile bomb = new()
        {
            Element = TwoInts.Element with { Repetition = SchemaElement.Optional },
            Header = Plain with { Values = Rows, UncompressedSize = 10, CompressedSize = 10 },
            Body = [6, 0, 0, 0, 0x80, 0x80, 0xF8, 0xFF, 0x0F, 0],
        };
        CountingAllocator allocator = new();
        using ParquetReader reader = new(new MemoryStream(bomb.ToBytes()), options: new ParquetReaderOptions { Allocator = allocator });
        Assert.Throws<ParquetFormatException>(() => reader.ReadRowGroup(0));
        foreach (RecordBatch batch in reader.ReadBatches(maxRows: 1_000_000).Take(3))
        {
            Assert.Equal((1_000_000, 1_000_000), (batch.Length, batch.Columns[0].NullCount));
            batch.Dispose();
        }

        Assert.InRange(allocator.PeakBytes, 1, 64 << 20);
        Assert.Equal(0, allocator.LiveBlocks);
    }

    [Fact]
    public void Read_MomentsOf96Bits_AreNanosecondsSince1970()
    {
        Int96[] moments = [new(0, 2_440_588), new(1, 2_460_311), new(86_399_999_999_999, 2_440_587)];
        HandmadeFile file = new()
        {
            Element = TwoInts.Element with { Type = PhysicalType.Int96 },
            Header = Plain with { Values = 3, UncompressedSize = 36, CompressedSize = 36 },
            Body = MemoryMarshal.AsBytes<Int96>(moments).ToArray(),
        };
        using ParquetReader reader = new(new MemoryStream(file.ToBytes()));
        Assert.Equal(ArrowType.Timestamp(TimeUnit.Nanosecond), reader.Schema.Fields[0].Type);
        using RecordBatch batch = reader.ReadRowGroup(0);
        Assert.Equal([0, 1_704_067_200_000_000_001, -1], batch["c"].Values<long>().ToArray());
        Assert.Equal(12, Marshal.SizeOf<Int96>());
        Assert.False(Int96Conversion.TryConvert(new Int96(0, int.MaxValue), out _));
    }

    [Theory]
    [InlineData(200, "value 200 does not fit Int8")]
    [InlineData(-129, "value 4294967167 does not fit Int8")]
    public void Read_NarrowIntegerBeyondItsRange_IsRefused(int value, string message) => AssertRefused(
        TwoInts with
        {
            Element = TwoInts.Element with { Converted = ConvertedType.Int8 },
            Body = [.. BitConverter.GetBytes(value), 0, 0, 0, 0],
        },
        message);

    [Fact]
    public void Read_TextThatIsNotUtf8_IsRefused() => AssertRefused(
        new HandmadeFile
        {
            Element = new SchemaElement("c", PhysicalType.ByteArray, SchemaElement.Required, 0) { Converted = ConvertedType.Utf8 },
            Header = Plain with { Values = 1, UncompressedSize = 6, CompressedSize = 6 },
            Body = [2, 0, 0, 0, 0xC3, 0x28],
        },
        "text that is not UTF-8");

    private static void AssertRefused(HandmadeFile file, string message)
    {
        CountingAllocator allocator = new();
        ParquetReaderOptions options = new() { Allocator = allocator };
        ParquetFormatException error = Assert.Throws<ParquetFormatException>(() => Tables.ReadParquet(file.ToBytes(), options));
        Assert.StartsWith($"row group 0, column c: {message}", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, allocator.LiveBlocks);
        Assert.InRange(allocator.PeakBytes, 0, 1 << 20);
    }
}
