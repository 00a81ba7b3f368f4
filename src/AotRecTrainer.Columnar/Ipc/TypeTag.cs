namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Types as a schema message names them. The numbers are the format's; most are here for messages about what is not read.</summary>
internal enum TypeTag : byte
{
    None = 0,
    Null = 1,
    Integer = 2,
    FloatingPoint = 3,
    Binary = 4,
    Utf8 = 5,
    Boolean = 6,
    Decimal = 7,
    Date = 8,
    Time = 9,
    Timestamp = 10,
    Interval = 11,
    List = 12,
    Structure = 13,
    Union = 14,
    FixedSizeBinary = 15,
    FixedSizeList = 16,
    Map = 17,
    Duration = 18,
    LargeBinary = 19,
    LargeUtf8 = 20,
    LargeList = 21,
    RunEndEncoded = 22,
    BinaryView = 23,
    Utf8View = 24,
}
