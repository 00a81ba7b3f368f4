namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Types as a schema message names them. The numbers are the format's; those that are not read have no name here.</summary>
internal enum TypeTag : byte
{
    Integer = 2,
    FloatingPoint = 3,
    Utf8 = 5,
    Boolean = 6,
    FixedSizeList = 16,
}
