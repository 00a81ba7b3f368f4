using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.CData;

/// <summary>The C Data Interface's <c>struct ArrowArray</c>: the values of a column or a table. The specification says what is what.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct CArrowArray
{
    /// <summary>Rows.</summary>
    public long Length;

    /// <summary>Rows without a value; -1 when nobody has counted.</summary>
    public long NullCount;

    /// <summary>The row of the buffers that is the first of the array.</summary>
    public long Offset;

    /// <summary>How many <see cref="Buffers"/> there are.</summary>
    public long BufferCount;

    /// <summary>How many <see cref="Children"/> there are.</summary>
    public long ChildCount;

    /// <summary>The bitmap (null when nothing is missing), then what the type has.</summary>
    public void** Buffers;

    /// <summary>The columns of a table, or the elements of a list.</summary>
    public CArrowArray** Children;

    /// <summary>The values of a dictionary; null where there is none.</summary>
    public CArrowArray* Dictionary;

    /// <summary>Frees everything that the structure refers to; null once that has happened.</summary>
    public delegate* unmanaged<CArrowArray*, void> Release;

    /// <summary>What the producer needs to free it.</summary>
    public void* PrivateData;
}
