namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>What values of a physical type stand for. The numbers are the format's; -1 means the physical type itself.</summary>
internal enum ConvertedType
{
    None = -1,
    Utf8 = 0,
    Enumeration = 4,
    Decimal = 5,
    Date = 6,
    TimeMilliseconds = 7,
    TimeMicroseconds = 8,
    TimestampMilliseconds = 9,
    TimestampMicroseconds = 10,
    UnsignedInt8 = 11,
    UnsignedInt16 = 12,
    UnsignedInt32 = 13,
    UnsignedInt64 = 14,
    Int8 = 15,
    Int16 = 16,
    Int32 = 17,
    Int64 = 18,
    Json = 19,
    Bson = 20,
    Interval = 21,
}
