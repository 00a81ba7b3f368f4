using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Ipc;

public sealed class ArrowStreamTests
{
    private const int FirstSeed = 1_000;

    private static readonly ArrowType[] Types =
    [
        .. RandomColumns.FlatTypes, .. RandomColumns.Timestamps, .. RandomColumns.Dictionaries, ArrowType.Timestamp(TimeUnit.Second, "+02:00"),
        ArrowType.FixedSizeList(ArrowType.Float, 10), ArrowType.FixedSizeList(ArrowType.Int8, 3),
    ];

    [Fact]
    public void Stream_RandomBatches_ComeBackTheSame()
    {
        for (int seed = FirstSeed; seed < FirstSeed + 60; seed++)
        {
            Random random = new(seed);
            ArrowType[] types = [.. random.GetItems(Types, random.Next(1, 12))];
            RecordBatch[] batches = [RandomColumns.Batch(random, types, 0), .. SameColumns(random, types)];
            List<RecordBatch> read = ReadAll(new MemoryStream(Tables.ToStream(batches)));
            Assert.Equal(batches.Select(batch => batch.Length), read.Select(batch => batch.Length));
            Tables.AssertSame(batches, read, $"seed {seed}");
            Tables.DisposeAll([.. batches, .. read]);
        }
    }

    [Fact]
    public void Stream_SameBatchTwice_GivesTheSameBytes()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(5), Types, 100);
        Assert.Equal(Tables.ToStream(batch), Tables.ToStream(batch));
    }

    [Fact]
    public unsafe void ReadNext_AnyColumn_StartsItsValuesAtMultiplesOf64OfTheBody()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(6), [ArrowType.Int8, ArrowType.Double, ArrowType.Utf8], 5);
        using ArrowStreamReader reader = new(new MemoryStream(Tables.ToStream(batch)));
        using RecordBatch read = reader.ReadNext()!;
        foreach (Column column in read.Columns)
        {
            ReadOnlySpan<byte> values = column.Field.Type == ArrowType.Utf8 ? column.Values<byte>() : column.ValueBytes;
            fixed (byte* start = values)
                Assert.Equal(0, (nint)start % 64);
        }
    }

    [Fact]
    public void Schema_WithMetadata_ComesBackWithIt()
    {
        Dictionary<string, string> notes = new() { ["run"] = "ml-1m é", ["empty"] = "", ["a"] = "1" };
        Schema schema = new([new Field("größe", ArrowType.Int16, Nullable: true)], notes);
        MemoryStream stream = new();
        using (ArrowStreamWriter writer = new(stream, schema))
            writer.Close();
        stream.Position = 0;
        using ArrowStreamReader reader = new(stream);
        Assert.Equal(schema.Fields, reader.Schema.Fields);
        Assert.Equal(notes, reader.Schema.Metadata);
        Assert.Null(reader.ReadNext());
        Assert.Null(reader.ReadNext());
    }

    [Fact]
    public void ReadNext_BatchDisposedBeforeTheReader_OthersLiveOn()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(7), Types, 20);
        ArrowStreamReader reader = new(new MemoryStream(Tables.ToStream(batch, batch)));
        RecordBatch first = reader.ReadNext()!;
        using RecordBatch second = reader.ReadNext()!;
        first.Dispose();
        reader.Dispose();
        Tables.AssertSame([batch], [second], "second batch");
        Assert.Throws<ObjectDisposedException>(() => first.Columns[0].ValueBytes.Length);
    }

    [Fact]
    public void Stream_InSmallPiecesAndNotSeekable_IsReadToItsEnd()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(8), Types, 3_000);
        using TrickleStream trickle = new(Tables.ToStream(batch, batch));
        Assert.Equal(2, Tables.ReadStream(trickle));
    }

    [Fact]
    public void Stream_EndMarkMissing_EndsBetweenMessages()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(9), Types, 3);
        byte[] bytes = Tables.ToStream(batch);
        Assert.Equal(1, Tables.ReadStream(new MemoryStream(bytes[..^8])));
    }

    [Fact]
    public void Stream_DictionaryThatStays_IsWrittenOnceAndOneThatChangesAgain()
    {
        Field field = new("genre", ArrowType.Dictionary(ArrowType.Int8, ArrowType.Utf8));
        Schema schema = new([field]);
        string[] long1 = [.. Enumerable.Range(0, 50).Select(i => $"a rather long name of a genre {i}")];
        using RecordBatch first = new(schema, [Genres(field, [0, 49], long1)]);
        using RecordBatch again = new(schema, [Genres(field, [3, 4], long1)]);
        using RecordBatch other = new(schema, [Genres(field, [1], ["x", "y"])]);
        byte[] bytes = Tables.ToStream(first, again, other);
        Assert.InRange(bytes.Length - Tables.ToStream(first, other).Length, 1, 500);
        List<RecordBatch> read = ReadAll(new MemoryStream(bytes));
        Tables.AssertSame([first, again, other], read, "dictionaries");
        read[2].Dispose();
        Assert.Equal("a rather long name of a genre 3", read[1].Columns[0].GetString(0));
        Tables.DisposeAll(read);
    }

    [Fact]
    public void ReadNext_AllDisposed_GivesEverythingBack()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(13), Types, 500);
        CountingAllocator allocator = new();
        using (ArrowStreamReader reader = new(new MemoryStream(Tables.ToStream(batch, batch)), allocator))
        {
            while (reader.ReadNext() is { } read)
            {
                Assert.NotEqual(0, allocator.LiveBlocks);
                read.Dispose();
            }
        }

        Assert.Equal(0, allocator.LiveBlocks);
    }

    [Fact]
    public void Write_OtherColumnsOrClosed_Throws()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(10), [ArrowType.Int8], 3);
        using RecordBatch other = RandomColumns.Batch(new Random(10), [ArrowType.Int16], 3);
        using ArrowStreamWriter writer = new(new MemoryStream(), batch.Schema);
        Assert.Throws<ArgumentException>(() => writer.Write(other));
        writer.Close();
        writer.Close();
        Assert.Throws<InvalidOperationException>(() => writer.Write(batch));
    }

    [Fact]
    public void Read_AnyTruncation_FailsUnlessBetweenMessages()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(11), Types, 10);
        byte[] bytes = Tables.ToStream(batch);
        int failed = Damage.Count<ArrowFormatException>(Damage.Truncations(bytes), Read);

        // Behind the schema, behind every dictionary and behind the batch nothing is missing.
        Assert.InRange(failed, bytes.Length - 3 - RandomColumns.Dictionaries.Count, bytes.Length - 2);
    }

    [Fact]
    public void Read_ChangedBytes_FailsOnlyWithTheFormatsException()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(12), Types, 10);
        int failed = Damage.Count<ArrowFormatException>(Damage.Mutations(Tables.ToStream(batch), FirstSeed, 2_000), Read);
        Assert.InRange(failed, 100, 1_990);
    }

    [Theory]
    [InlineData("", "stream: no schema")]
    [InlineData("FFFFFFFF00000000", "stream: no schema")]
    [InlineData("FFFFFFFF", "stream: ends within a message")]
    [InlineData("FFFFFFFFFFFFFFFF", "stream: metadata of -1 bytes")]
    [InlineData("FFFFFFFF00000070", "stream: metadata of 1879048192 bytes")]
    [InlineData("FFFFFFFF0800000001", "stream: ends after 1 of 8 bytes of metadata")]
    public void Open_NotASchema_SaysWhy(string hex, string message)
    {
        ArrowFormatException error = Assert.Throws<ArrowFormatException>(() => Read(Convert.FromHexString(hex)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static Column Genres(Field field, sbyte[] indices, string[] names) => Column.FromDictionary(
        field,
        Column.FromValues<sbyte>(new Field("i", ArrowType.Int8), indices),
        Column.FromStrings(new Field("names", ArrowType.Utf8), names));

    private static void Read(byte[] bytes) => Tables.ReadStream(new MemoryStream(bytes));

    private static IEnumerable<RecordBatch> SameColumns(Random random, ArrowType[] types) =>
        Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomColumns.Batch(random, types, random.Next(200), random.Next(1, 50)));

    private static List<RecordBatch> ReadAll(Stream stream)
    {
        using ArrowStreamReader reader = new(stream);
        List<RecordBatch> batches = [];
        while (reader.ReadNext() is { } batch)
            batches.Add(batch);
        return batches;
    }

    [Fact]
    public void Stream_OfHalves_ReadsTheSame()
    {
        Half[] values = [Half.Epsilon, (Half)(-0f), (Half)1.5f, Half.MaxValue, Half.NegativeInfinity];
        Schema schema = new([new("half", ArrowType.HalfFloat), new("pairs", ArrowType.FixedSizeList(ArrowType.HalfFloat, 2))]);
        using MemoryStream stream = new();
        using (ArrowStreamWriter writer = new(stream, schema))
        using (RecordBatch batch = new(
            schema, [Column.FromValues<Half>(schema.Fields[0], values), Column.FromValues<Half>(schema.Fields[1], [.. values, .. values])]))
        {
            writer.Write(batch);
            writer.Close();
        }

        stream.Position = 0;
        using ArrowStreamReader reader = new(stream);
        Assert.Equal(schema.Fields, reader.Schema.Fields);
        using RecordBatch read = reader.ReadNext()!;
        Assert.Equal(values, read.Columns[0].Values<Half>());
        Assert.Equal([.. values, .. values], read.Columns[1].Values<Half>());
    }
}
