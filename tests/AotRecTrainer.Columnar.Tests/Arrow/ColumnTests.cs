using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Tests.Arrow;

public sealed class ColumnTests
{
    [Fact]
    public void FromValues_EveryValuePresent_HasNoBitmap()
    {
        using Column column = Column.FromValues<int>(new Field("n", ArrowType.Int32), [3, -1, 7]);
        Assert.Equal((3, 0), (column.Length, column.NullCount));
        Assert.True(column.Validity.IsEmpty);
        Assert.Equal([3, -1, 7], column.Values<int>().ToArray());
        Assert.False(column.IsNull(2));
    }

    [Fact]
    public void FromValues_SomeMissing_MarksThemAndStoresZero()
    {
        using Column column = Column.FromValues<double>(
            new Field("x", ArrowType.Double, Nullable: true), [1.5, 9, -2], [true, false, true]);
        Assert.Equal(1, column.NullCount);
        Assert.Equal([0b101], column.Validity.ToArray());
        Assert.Equal([1.5, 0, -2], column.Values<double>().ToArray());
        Assert.True(column.IsNull(1));
    }

    [Fact]
    public void FromValues_Booleans_ArePackedAndZeroWhereMissing()
    {
        bool[] truths = [true, true, false, true, false, false, false, false, true];
        bool[] valid = [true, false, true, true, true, true, true, true, true];
        using Column column = Column.FromValues<bool>(new Field("b", ArrowType.Boolean, Nullable: true), truths, valid);
        Assert.Equal([0b0000_1001, 1], column.Values<byte>().ToArray());
        Assert.Equal([true, false, false, true], Enumerable.Range(0, 4).Select(column.GetBoolean));
        Assert.True(column.IsNull(1));
    }

    [Fact]
    public void FromStrings_TextAndNulls_HasOffsetsAndUtf8()
    {
        using Column column = Column.FromStrings(new Field("t", ArrowType.Utf8, Nullable: true), ["é", null, "", "ab"]);
        Assert.Equal([0, 2, 2, 2, 4], column.TextOffsets.ToArray());
        Assert.Equal("éab"u8.ToArray(), column.Values<byte>().ToArray());
        Assert.Equal(["é", null, "", "ab"], Enumerable.Range(0, 4).Select(column.GetString));
        Assert.Equal("ab"u8.ToArray(), column.GetUtf8(3).ToArray());
    }

    [Fact]
    public void FromValues_Lists_LieOneAfterTheOther()
    {
        Field field = new("factors", ArrowType.FixedSizeList(ArrowType.Float, 2), Nullable: true);
        using Column column = Column.FromValues<float>(field, [1, 2, 3, 4, 5, 6], [true, false, true]);
        Assert.Equal(3, column.Length);
        Assert.Equal([1, 2, 0, 0, 5, 6], column.Values<float>().ToArray());
    }

    [Fact]
    public void FromDictionary_Indices_StandForTheEntries()
    {
        Field field = new("genre", ArrowType.Dictionary(ArrowType.Int8, ArrowType.Utf8), Nullable: true);
        Field index = new("i", ArrowType.Int8, Nullable: true);
        Column entries = Column.FromStrings(new Field("e", ArrowType.Utf8), ["drama", "war"]);
        using Column column = Column.FromDictionary(field, Column.FromValues<sbyte>(index, [1, 0, 1, 0], [true, true, false, true]), entries);
        Assert.Equal(["war", "drama", null, "drama"], Enumerable.Range(0, 4).Select(column.GetString));
        Assert.Equal(1, column.NullCount);
        Assert.Equal([1, 0, 0, 0], column.Values<sbyte>().ToArray());
        column.Dispose();
        Assert.Throws<ObjectDisposedException>(() => entries.GetString(0));
    }

    [Fact]
    public void FromDictionary_DoesNotFit_SaysWhatAndWhere()
    {
        Field field = new("genre", ArrowType.Dictionary(ArrowType.Int32, ArrowType.Utf8));
        using Column entries = Column.FromStrings(new Field("e", ArrowType.Utf8), ["drama", "war"]);
        using Column wide = Column.FromValues<long>(new Field("i", ArrowType.Int64), [0]);
        using Column outside = Column.FromValues<int>(new Field("i", ArrowType.Int32), [0, 2]);
        AssertSays("Column genre has type Dictionary(Int32, Utf8), found Int64 into Utf8.", () => Column.FromDictionary(field, wide, entries));
        AssertSays("Column genre, row 1: index 2 of 2 entries.", () => Column.FromDictionary(field, outside, entries));
        Assert.Throws<ArgumentException>(() => ArrowType.Dictionary(ArrowType.Int64, ArrowType.Utf8));
        Assert.Throws<ArgumentException>(() => ArrowType.Dictionary(ArrowType.Int32, ArrowType.Boolean));
    }

    [Fact]
    public void Column_Empty_HasNoValues()
    {
        using Column numbers = Column.FromValues<long>(new Field("n", ArrowType.Int64), []);
        using Column text = Column.FromStrings(new Field("t", ArrowType.Utf8), []);
        Assert.Equal((0, 0), (numbers.Length, text.Length));
        Assert.Equal([0], text.TextOffsets.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.IsNull(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.GetString(-1));
    }

    [Fact]
    public unsafe void Column_AnyType_StartsItsBuffersAtMultiplesOf64()
    {
        using Column text = Column.FromStrings(new Field("t", ArrowType.Utf8, Nullable: true), ["abc", null]);
        Assert.All((nint[])[Address(text.Validity), Address(MemoryMarshal.AsBytes(text.TextOffsets)), Address(text.Values<byte>())],
            address => Assert.Equal(0, address % 64));

        static nint Address(ReadOnlySpan<byte> bytes)
        {
            fixed (byte* start = bytes)
                return (nint)start;
        }
    }

    [Fact]
    public void FromValues_DoesNotFit_SaysWhatAndWhere()
    {
        Field required = new("n", ArrowType.Int32);
        AssertSays("Column n has type Int32, found values of Int64.", () => Column.FromValues<long>(required, [1]));
        AssertSays("Column n is not nullable, found 1 rows without a value.", () => Column.FromValues<int>(required, [1, 2], [true, false]));
        AssertSays("Column n: 1 marks for 2 rows.", () => Column.FromValues<int>(required, [1, 2], [true]));
        AssertSays("Column n has type Int32, expected Utf8.", () => Column.FromStrings(required, ["x"]));
        AssertSays("Column t is not nullable, found 1 rows without a value.",
            () => Column.FromStrings(new Field("t", ArrowType.Utf8), [null]));
        AssertSays("Column l: 3 elements, expected a multiple of the list size 2.",
            () => Column.FromValues<float>(new Field("l", ArrowType.FixedSizeList(ArrowType.Float, 2)), [1, 2, 3]));
        Assert.ThrowsAny<ArgumentException>(() => Column.FromStrings(new Field("t", ArrowType.Utf8), ["\uD800"]));
    }

    [Fact]
    public void Values_AskedForAnotherType_Throws()
    {
        using Column column = Column.FromValues<int>(new Field("n", ArrowType.Int32), [1]);
        Assert.Throws<InvalidOperationException>(() => column.Values<float>().Length);
        Assert.Throws<InvalidOperationException>(() => column.TextOffsets.Length);
        Assert.Throws<InvalidOperationException>(() => column.GetBoolean(0));
    }

    [Fact]
    public void Dispose_Twice_EndsAccess()
    {
        Column column = Column.FromStrings(new Field("t", ArrowType.Utf8), ["x"]);
        column.Dispose();
        column.Dispose();
        Assert.Throws<ObjectDisposedException>(() => column.GetString(0));
    }

    [Fact]
    public void FixedSizeList_OfSomethingElseThanNumbers_Throws()
    {
        Assert.Throws<ArgumentException>(() => ArrowType.FixedSizeList(ArrowType.Utf8, 2));
        Assert.Throws<ArgumentException>(() => ArrowType.FixedSizeList(ArrowType.Boolean, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArrowType.FixedSizeList(ArrowType.Int8, 0));
    }

    private static void AssertSays(string start, Func<object> make)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(make);
        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }
}
