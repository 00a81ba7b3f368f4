using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Interop.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Interop.Tests;

/// <summary>Parquet files of hyparquet-writer in our reader: pages of version 2 in every encoding.</summary>
public sealed class HyparquetParquetTests(NodeFixture node) : IDisposable
{
    private static readonly ArrowType[] Integers = [ArrowType.Int8, ArrowType.Int16, ArrowType.Int32, ArrowType.Int64];
    private static readonly ArrowType[] Fixed = [ArrowType.Int32, ArrowType.Int64, ArrowType.Float, ArrowType.Double];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Grid => new MatrixTheoryData<string, string>(
        ["PLAIN", "RLE_DICTIONARY", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", "RLE", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"],
        ["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI"]);

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Grid))]
    public async Task File_EveryEncodingAndCodec_ReadsTheSame(string encoding, string codec)
    {
        ArrowType[] types = encoding switch
        {
            "DELTA_BINARY_PACKED" => Integers,
            "BYTE_STREAM_SPLIT" => Fixed,
            "RLE" => [ArrowType.Boolean],
            "DELTA_LENGTH_BYTE_ARRAY" or "DELTA_BYTE_ARRAY" => [ArrowType.Utf8],
            "RLE_DICTIONARY" => [.. Fixed, ArrowType.Utf8],
            _ => [.. RandomColumns.FlatTypes],
        };

        // Every type required and nullable.
        types = [.. types.SelectMany(type => (ArrowType[])[type, type])];
        for (int seed = 500; seed < 508; seed++)
        {
            Random random = new(seed);
            using RecordBatch batch = RandomColumns.Batch(random, types, random.Next(1, 900), random.Next(1, 200));
            string path = _folder.File($"{seed}.parquet");
            await node.WriteWithHyparquetAsync(path, codec, encoding, random.Next(30, 4_000), random.Next(100, 1_000), batch);
            (Schema schema, IReadOnlyList<RecordBatch> read) = Files.ReadParquet(path, maxRows: random.Next(1, 300));
            Assert.Equal(batch.Schema.Fields, schema.Fields);
            for (int c = 0; c < schema.Fields.Count; c++)
            {
                string? difference = ColumnCells.FirstDifference(ColumnCells.Of(batch.Columns[c]), ColumnCells.Of(read, c));
                Assert.True(difference is null, $"seed {seed}, {encoding}, {codec}, column {schema.Fields[c]}: {difference}");
            }

            Files.DisposeAll(read);
        }
    }
}
