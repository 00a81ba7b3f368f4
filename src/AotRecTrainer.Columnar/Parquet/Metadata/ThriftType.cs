namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>Type codes of Thrift's compact protocol, in which Parquet writes its metadata.</summary>
internal enum ThriftType : byte
{
    Stop = 0,
    True = 1,
    False = 2,
    Int8 = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Number = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Structure = 12,
}
