namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>Kinds of pages. The numbers are the format's.</summary>
internal enum PageType
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}
