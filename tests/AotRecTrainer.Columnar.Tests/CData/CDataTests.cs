using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.CData;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.CData;

public sealed unsafe class CDataTests
{
    private static readonly ArrowType[] Types =
    [
        .. RandomColumns.FlatTypes, .. RandomColumns.FlatTypes.Reverse(), .. RandomColumns.Timestamps, .. RandomColumns.Dictionaries,
        ArrowType.FixedSizeList(ArrowType.Float, 3), ArrowType.FixedSizeList(ArrowType.Int16, 5),
    ];

    [Fact]
    public void ExportThenImport_AnyBatch_IsTheSameWithoutACopy()
    {
        for (int seed = 3_000; seed < 3_020; seed++)
        {
            Random random = new(seed);
            using RecordBatch batch = RandomColumns.Batch(random, Types, random.Next(100), 30);
            CArrowArray array;
            CArrowSchema schema;
            CDataExport.Export(batch, &array, &schema);
            using RecordBatch imported = CDataImport.Import(&array, &schema);
            Assert.True(array.Release == null && schema.Release == null);
            Tables.AssertSame([batch], [imported], $"seed {seed}");
            if (batch.Length > 0)
            {
                fixed (byte* before = batch.Columns[2].ValueBytes, after = imported.Columns[2].ValueBytes)
                    Assert.Equal((nint)before, (nint)after);
            }
        }
    }

    [Fact]
    public void Export_BatchDisposedFirst_LivesUntilTheConsumerReleases()
    {
        CountingAllocator allocator = new();
        RecordBatch batch = Read(allocator);
        CArrowArray array;
        CArrowSchema schema;
        CDataExport.Export(batch, &array, &schema);
        batch.Dispose();
        Assert.NotEqual(0, allocator.LiveBlocks);
        RecordBatch imported = CDataImport.Import(&array, &schema);
        Assert.NotEqual(0, allocator.LiveBlocks);
        imported.Dispose();
        Assert.Equal(0, allocator.LiveBlocks);
    }

    [Fact]
    public void Export_ChildTakenAway_IsReleasedByItself()
    {
        CountingAllocator allocator = new();
        CArrowArray array;
        CArrowSchema schema;
        using (RecordBatch batch = Read(allocator))
            CDataExport.Export(batch, &array, &schema);
        CArrowArray child = *array.Children[0];
        array.Children[0]->Release = null;
        array.Release(&array);
        schema.Release(&schema);
        Assert.Equal(7, ((int*)child.Buffers[1])[0]);
        Assert.NotEqual(0, allocator.LiveBlocks);
        child.Release(&child);
        Assert.Equal(0, allocator.LiveBlocks);
    }

    [Fact]
    public void Export_KnownColumns_LieAsTheSpecificationHasIt()
    {
        Field number = new("größe", ArrowType.Int32, Nullable: true);
        Field text = new("t", ArrowType.Utf8);
        Schema names = new([number, text], new Dictionary<string, string> { ["k"] = "vv" });
        using RecordBatch batch = new(
            names, [Column.FromValues<int>(number, [1, 2, 3], [true, false, true]), Column.FromStrings(text, ["a", "", "bc"])]);
        CArrowArray array;
        CArrowSchema schema;
        CDataExport.Export(batch, &array, &schema);
        Assert.Equal(["+s", "i", "u"], [Text(schema.Format), Text(schema.Children[0]->Format), Text(schema.Children[1]->Format)]);
        Assert.Equal(["größe", "t"], [Text(schema.Children[0]->Name), Text(schema.Children[1]->Name)]);
        Assert.Equal((2L, 0L), (schema.Children[0]->Flags, schema.Children[1]->Flags));
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, (byte)'k', 2, 0, 0, 0, (byte)'v', (byte)'v'], new Span<byte>(schema.Metadata, 15).ToArray());
        Assert.Equal((3L, 0L, 2L), (array.Length, array.NullCount, array.ChildCount));
        Assert.Equal((3L, 1L, 2L), (array.Children[0]->Length, array.Children[0]->NullCount, array.Children[0]->BufferCount));
        Assert.Equal(0b101, *(byte*)array.Children[0]->Buffers[0]);
        Assert.Equal(3, ((int*)array.Children[0]->Buffers[1])[2]);
        Assert.True(array.Children[1]->Buffers[0] == null);
        Assert.Equal([0, 1, 1, 3], new Span<int>(array.Children[1]->Buffers[1], 4).ToArray());
        Assert.Equal("abc"u8.ToArray(), new Span<byte>(array.Children[1]->Buffers[2], 3).ToArray());
        array.Release(&array);
        schema.Release(&schema);
        Assert.True(array.Release == null && schema.Release == null);
    }

    [Fact]
    public void Import_SliceOfAnArray_TakesItsRowsOnly()
    {
        using RecordBatch whole = RandomColumns.Batch(new Random(5), Types, 64, 20);
        for (int offset = 0; offset <= 17; offset++)
        {
            CArrowArray array;
            CArrowSchema schema;
            CDataExport.Export(whole, &array, &schema);

            // A part of the offset belongs to the table, the rest to its columns.
            array.Offset = offset / 2;
            array.Length = 40;
            for (int i = 0; i < array.ChildCount; i++)
            {
                array.Children[i]->Offset = offset - array.Offset;
                array.Children[i]->NullCount = array.Children[i]->NullCount == 0 ? 0 : -1;
            }

            using RecordBatch slice = CDataImport.Import(&array, &schema);
            for (int c = 0; c < Types.Length; c++)
            {
                object?[] expected = ColumnCells.Of(whole.Columns[c])[offset..(offset + 40)];
                string? difference = ColumnCells.FirstDifference(expected, ColumnCells.Of(slice.Columns[c]));
                Assert.True(difference is null, $"offset {offset}, column {slice.Schema.Fields[c]}: {difference}");
            }
        }
    }

    [Fact]
    public void Import_WhatIsNotSupported_SaysWhichColumnAndReleasesBoth()
    {
        CountingAllocator allocator = new();
        CArrowArray array;
        CArrowSchema schema;
        using (RecordBatch batch = Read(allocator))
            CDataExport.Export(batch, &array, &schema);
        schema.Children[0]->Format[0] = (byte)'C';
        nint addressOfArray = (nint)(&array);
        nint addressOfSchema = (nint)(&schema);
        ArrowFormatException error = Assert.Throws<ArrowFormatException>(
            () => CDataImport.Import((CArrowArray*)addressOfArray, (CArrowSchema*)addressOfSchema));
        Assert.Equal("column n: format C is not supported", error.Message);
        Assert.Equal(0, allocator.LiveBlocks);
        Assert.True(array.Release == null && schema.Release == null);
        Assert.Throws<ArgumentException>(() => CDataImport.Import((CArrowArray*)addressOfArray, (CArrowSchema*)addressOfSchema));
        Assert.Throws<ArgumentException>(() => CSchemaImport.Import((CArrowSchema*)addressOfSchema));
    }

    [Fact]
    public void Schema_AnyTypes_ComesBackWithItsNotes()
    {
        Dictionary<string, string> notes = new() { ["run"] = "é", ["empty"] = "" };
        Schema schema = new([.. Types.Select((type, i) => new Field($"c{i}", type, Nullable: i % 3 == 0))], notes);
        CArrowSchema exported;
        CSchemaExport.Export(schema, &exported);
        Schema imported = CSchemaImport.Import(&exported);
        Assert.Equal(schema.Fields, imported.Fields);
        Assert.Equal(notes, imported.Metadata);
    }

    private static RecordBatch Read(CountingAllocator allocator)
    {
        Field field = new("n", ArrowType.Int32);
        using RecordBatch batch = new(new Schema([field]), [Column.FromValues<int>(field, [7, 8])]);
        using ArrowStreamReader reader = new(new MemoryStream(Tables.ToStream(batch)), allocator);
        return reader.ReadNext()!;
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text)!;
}
