using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class ParquetDamageTests
{
    // With checksums hardly any damage would get past the first look.
    private static readonly ParquetReaderOptions Trusting = new() { CheckSums = false };
    private static readonly ParquetWriterOptions SmallPages = new() { PageRows = 16, RowGroupRows = 40 };

    [Fact]
    public void Read_AnyTruncation_Fails()
    {
        byte[] file = File(SmallPages);
        Assert.Equal(file.Length, Damage.Count<ParquetFormatException>(Damage.Truncations(file), Read));
    }

    [Theory, InlineData(Compression.None), InlineData(Compression.Snappy)]
    public void Read_ChangedBytes_FailsOnlyWithTheFormatsException(Compression compression)
    {
        byte[] file = File(SmallPages with { Compression = compression });
        int failed = Damage.Count<ParquetFormatException>(Damage.Mutations(file, firstSeed: 1, count: 2_000), Read);
        Assert.InRange(failed, 100, 1_999);
    }

    [Theory]
    [InlineData("", "file: 0 bytes, expected a Parquet file")]
    [InlineData("50415231 0000000050415231", "footer: unexpected end")]
    [InlineData("50415231 FFFFFF7F50415231", "file: footer of 2147483647 bytes, expected at most 0")]
    [InlineData("50415231 FFFFFFFF50415231", "file: footer of -1 bytes")]
    [InlineData("50415231 0000000050415245", "file: encrypted files are not supported")]
    [InlineData("50415231 0000000050415230", "file: no PAR1 at its start and end")]
    [InlineData("4F524331 0000000050415231", "file: no PAR1 at its start and end")]
    public void Open_NotAParquetFile_SaysWhy(string hex, string message)
    {
        byte[] file = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        ParquetFormatException error = Assert.Throws<ParquetFormatException>(() => Read(file));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedPage_NamesRowGroupAndColumn()
    {
        Field field = new("rating", ArrowType.Float);
        using RecordBatch batch = new(new Schema([field]), [Column.FromValues<float>(field, [1, 2, 3])]);
        byte[] file = Tables.ToParquet(new ParquetWriterOptions { Compression = Compression.None, Dictionary = false }, batch);
        file[4] ^= 0xFF;
        ParquetFormatException error = Assert.Throws<ParquetFormatException>(() => Read(file));
        Assert.StartsWith("row group 0, column rating: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongChecksum_SaysSoUnlessTold()
    {
        Field field = new("rating", ArrowType.Float);
        using RecordBatch batch = new(new Schema([field]), [Column.FromValues<float>(field, [1, 2, 3])]);
        byte[] file = Tables.ToParquet(new ParquetWriterOptions { Compression = Compression.None, Dictionary = false }, batch);
        file[file.AsSpan().IndexOf(BitConverter.GetBytes(2f))] ^= 1;
        ParquetFormatException error = Assert.Throws<ParquetFormatException>(() => Tables.ReadParquet(file));
        Assert.StartsWith("row group 0, column rating: a page with checksum ", error.Message, StringComparison.Ordinal);
        Read(file);
    }

    private static byte[] File(ParquetWriterOptions options)
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(4), RandomColumns.FlatTypes, 60, distinct: 12);
        return Tables.ToParquet(options, batch);
    }

    private static void Read(byte[] file) => Tables.ReadParquet(file, Trusting);
}
