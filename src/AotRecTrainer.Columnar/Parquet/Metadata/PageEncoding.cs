namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>How the values of a page are encoded. The numbers are the format's. BitPacked is for levels only, and not read.</summary>
internal enum PageEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    RleDictionary = 8,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,
    ByteStreamSplit = 9,
}
