using System.Diagnostics.CodeAnalysis;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>The kinds of column values this library knows.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are Arrow's own names of its types.")]
public enum ArrowTypeId
{
    /// <summary>Signed integers of one byte.</summary>
    Int8,

    /// <summary>Signed integers of two bytes.</summary>
    Int16,

    /// <summary>Signed integers of four bytes.</summary>
    Int32,

    /// <summary>Signed integers of eight bytes.</summary>
    Int64,

    /// <summary>IEEE 754 numbers of four bytes.</summary>
    Float,

    /// <summary>IEEE 754 numbers of eight bytes.</summary>
    Double,

    /// <summary>Truth values, one bit each, the lowest bit of a byte first.</summary>
    Boolean,

    /// <summary>Text in UTF-8 with offsets of 32 bits.</summary>
    Utf8,

    /// <summary>Lists that all have the same number of elements of a fixed width.</summary>
    FixedSizeList,

    /// <summary>Moments, counted in eight bytes from the start of 1970.</summary>
    Timestamp,

    /// <summary>Indices into a dictionary of values, for columns that have few different ones.</summary>
    Dictionary,

    /// <summary>IEEE 754 numbers of two bytes.</summary>
    HalfFloat,
}
