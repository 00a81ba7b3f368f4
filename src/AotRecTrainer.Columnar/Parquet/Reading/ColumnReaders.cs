using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Chooses how a column is read by how its values stand in the file.</summary>
internal static class ColumnReaders
{
    public static ColumnReader Create(PageReader pages, SchemaElement element, Field field, ReaderMemory memory) =>
        (element.Type, element.Converted) switch
        {
            (PhysicalType.Boolean, _) => new BooleanColumnReader(pages, field, memory),
            (PhysicalType.ByteArray, _) => new TextColumnReader(pages, field, memory),
            (PhysicalType.Float, _) => new FixedColumnReader<uint>(pages, field, memory, delta: null),
            (PhysicalType.Double, _) => new FixedColumnReader<ulong>(pages, field, memory, delta: null),
            (PhysicalType.Int96, _) => Converted<Int96, long, Int96Conversion>(pages, field, memory, delta: null),
            (PhysicalType.Int32, ConvertedType.Int8) => Narrow<sbyte, SignedConversion<sbyte>>(pages, field, memory),
            (PhysicalType.Int32, ConvertedType.Int16) => Narrow<short, SignedConversion<short>>(pages, field, memory),
            (PhysicalType.Int32, ConvertedType.UnsignedInt8) => Narrow<short, UnsignedConversion<uint, short>>(pages, field, memory),
            (PhysicalType.Int32, ConvertedType.UnsignedInt16) => Narrow<int, UnsignedConversion<uint, int>>(pages, field, memory),
            (PhysicalType.Int32, ConvertedType.UnsignedInt32) => Narrow<long, UnsignedConversion<uint, long>>(pages, field, memory),
            (PhysicalType.Int64, ConvertedType.UnsignedInt64) =>
                Converted<ulong, long, UnsignedConversion<ulong, long>>(pages, field, memory, new DeltaPageDecoder<ulong>(pages)),
            (PhysicalType.Int32, _) => new FixedColumnReader<uint>(pages, field, memory, new DeltaPageDecoder<uint>(pages)),
            (PhysicalType.Int64, _) => new FixedColumnReader<ulong>(pages, field, memory, new DeltaPageDecoder<ulong>(pages)),
            _ => throw new ArgumentException($"Column {field.Name} is stored as {element.Type}.", nameof(element)),
        };

    private static ConvertedColumnReader<uint, TValue, TConversion> Narrow<TValue, TConversion>(
        PageReader pages, Field field, ReaderMemory memory)
        where TValue : unmanaged
        where TConversion : IConversion<uint, TValue> =>
        Converted<uint, TValue, TConversion>(pages, field, memory, new DeltaPageDecoder<uint>(pages));

    private static ConvertedColumnReader<TStored, TValue, TConversion> Converted<TStored, TValue, TConversion>(
        PageReader pages, Field field, ReaderMemory memory, PageDecoder<TStored>? delta)
        where TStored : unmanaged
        where TValue : unmanaged
        where TConversion : IConversion<TStored, TValue> => new(pages, field, memory, delta);
}
