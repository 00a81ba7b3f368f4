using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Parquet.Metadata;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class ParquetRoundTripTests
{
    private const int FirstSeed = 7_000;

    public static TheoryData<string> EveryType => [.. Types.Select(type => type.ToString())];

    private static ArrowType[] Types => [.. RandomColumns.FlatTypes, .. RandomColumns.Timestamps];

    [Theory, MemberData(nameof(EveryType))]
    public void File_RandomColumnsAndOptions_ComeBackTheSame(string typeName)
    {
        ArrowType type = Types.Single(known => known.ToString() == typeName);
        for (int seed = FirstSeed; seed < FirstSeed + 60; seed++)
        {
            Random random = new(seed);
            ParquetWriterOptions options = new()
            {
                Compression = random.Next(2) == 0 ? Compression.Snappy : Compression.None,
                Dictionary = random.Next(2) == 0,
                PageRows = random.GetItems([1, 7, 64, 1_000, 1 << 16], 1)[0],
                PageBytes = random.GetItems([1, 100, 1 << 20], 1)[0],
                RowGroupRows = random.GetItems([5, 300, 1 << 20], 1)[0],
            };
            RecordBatch[] batches =
                [.. Enumerable.Range(0, 3).Select(_ => RandomColumns.Batch(random, [type, type], random.Next(700), random.Next(1, 300)))];
            byte[] file = Tables.ToParquet(options, batches);
            using ParquetReader reader = new(new MemoryStream(file));
            List<RecordBatch> read = [.. reader.ReadBatches(maxRows: random.Next(1, 400))];
            Assert.Equal(batches.Sum(batch => batch.Length), reader.RowCount);
            if (reader.RowCount > 0)
                Tables.AssertSame(batches, read, $"seed {seed}, {options}");
            Tables.DisposeAll([.. batches, .. read]);
        }
    }

    [Fact]
    public void File_PagesOfManyRuns_ComeBackTheSame()
    {
        // Runs within and across slices of 2,048 rows and pages of 64 Ki rows, levels and indices alike.
        const int Rows = 200_000;
        int[] values = new int[Rows];
        bool[] valid = new bool[Rows];
        Random random = new(17);
        for (int i = 0; i < Rows; i++)
        {
            values[i] = i > 0 && random.Next(3_000) != 0 ? values[i - 1] : random.Next(900);
            valid[i] = i > 0 && random.Next(3_000) != 0 ? valid[i - 1] : random.Next(2) == 0;
        }

        Field field = new("n", ArrowType.Int32, Nullable: true);
        using RecordBatch batch = new(new Schema([field]), [Column.FromValues<int>(field, values, valid)]);
        using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(null, batch)));
        List<RecordBatch> read = [.. reader.ReadBatches(maxRows: 50_000)];
        Tables.AssertSame([batch], read, "runs");
        Tables.DisposeAll(read);
    }

    [Fact]
    public void File_Empty_HasItsColumnsAndNoRows()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(1), RandomColumns.FlatTypes, 0);
        using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(null, batch)));
        Assert.Equal(batch.Schema.Fields, reader.Schema.Fields);
        Assert.Equal((0, 0), (reader.RowCount, reader.RowGroupCount));
        Assert.Empty(reader.ReadBatches());
    }

    [Fact]
    public void File_EveryValueMissing_ComesBackMissing()
    {
        foreach (ArrowType type in RandomColumns.FlatTypes)
        {
            Field field = new("gone", type, Nullable: true);
            using RecordBatch batch = new(new Schema([field]), [Missing(field, 3_000)]);
            using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(null, batch)));
            using RecordBatch read = reader.ReadRowGroup(0);
            Assert.Equal((3_000, 3_000), (read.Length, read.Columns[0].NullCount));
        }
    }

    [Fact]
    public void Float_AnyBits_KeepThem()
    {
        Field field = new("x", ArrowType.Float);
        float[] values = [.. ((uint[])[0, 0x8000_0000, 0x7F80_0001, 0xFFC0_1234, 1, 0x7F80_0000]).Select(BitConverter.UInt32BitsToSingle)];
        using RecordBatch batch = new(new Schema([field]), [Column.FromValues<float>(field, [.. values, .. values])]);
        foreach (bool dictionary in (bool[])[true, false])
        {
            byte[] file = Tables.ToParquet(new ParquetWriterOptions { Dictionary = dictionary }, batch);
            using ParquetReader reader = new(new MemoryStream(file));
            using RecordBatch read = reader.ReadRowGroup(0);
            Assert.Equal(batch.Columns[0].ValueBytes.ToArray(), read.Columns[0].ValueBytes.ToArray());
        }
    }

    [Fact]
    public void Write_SameBatch_GivesTheSameBytes()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(3), RandomColumns.FlatTypes, 1_000, distinct: 40);
        Assert.Equal(Tables.ToParquet(null, batch), Tables.ToParquet(null, batch));
    }

    [Theory, InlineData(20, true), InlineData(900, true), InlineData(1_999, false), InlineData(2_000, false)]
    public void Write_Dictionary_OnlyWhereItIsSmaller(int distinct, bool expected)
    {
        foreach (ArrowType type in (ArrowType[])[ArrowType.Int32, ArrowType.Int64, ArrowType.Utf8])
        {
            Field field = new("c", type);
            using RecordBatch batch = new(new Schema([field]), [Cycle(field, 2_000, distinct)]);
            Assert.Equal(expected, Chunk(Tables.ToParquet(null, batch)).DictionaryPageOffset > 0);
            Assert.Equal(0, Chunk(Tables.ToParquet(new ParquetWriterOptions { Dictionary = false }, batch)).DictionaryPageOffset);
        }
    }

    private static Column Missing(Field field, int rows) => field.Type.Id switch
    {
        ArrowTypeId.Int8 => Column.FromValues<sbyte>(field, new sbyte[rows], new bool[rows]),
        ArrowTypeId.Int16 => Column.FromValues<short>(field, new short[rows], new bool[rows]),
        ArrowTypeId.Int32 => Column.FromValues<int>(field, new int[rows], new bool[rows]),
        ArrowTypeId.Int64 => Column.FromValues<long>(field, new long[rows], new bool[rows]),
        ArrowTypeId.Float => Column.FromValues<float>(field, new float[rows], new bool[rows]),
        ArrowTypeId.Double => Column.FromValues<double>(field, new double[rows], new bool[rows]),
        ArrowTypeId.Boolean => Column.FromValues<bool>(field, new bool[rows], new bool[rows]),
        _ => Column.FromStrings(field, new string?[rows]),
    };

    private static Column Cycle(Field field, int rows, int distinct)
    {
        int[] numbers = [.. Enumerable.Range(0, rows).Select(i => i % distinct)];
        return field.Type.Id switch
        {
            ArrowTypeId.Int32 => Column.FromValues<int>(field, numbers),
            ArrowTypeId.Int64 => Column.FromValues<long>(field, [.. numbers.Select(n => (long)n)]),
            _ => Column.FromStrings(field, [.. numbers.Select(n => $"text {n}")]),
        };
    }

    private static ColumnChunk Chunk(byte[] file)
    {
        int length = BitConverter.ToInt32(file, file.Length - 8);
        return FooterReader.Read(file.AsSpan(file.Length - 8 - length, length), file.Length - 8 - length).RowGroups[0].Columns[0];
    }
}
