using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.CData;

/// <summary>The C Data Interface's <c>struct ArrowSchema</c>: the type of a column or a table. The specification says what is what.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct CArrowSchema
{
    /// <summary>The field says that values may be missing.</summary>
    public const long Nullable = 2;

    /// <summary>The type, as text that ends with a zero.</summary>
    public byte* Format;

    /// <summary>The name, as text that ends with a zero; may be null.</summary>
    public byte* Name;

    /// <summary>Notes: their number, then lengths and texts by turns; may be null.</summary>
    public byte* Metadata;

    /// <summary>Bits such as <see cref="Nullable"/>.</summary>
    public long Flags;

    /// <summary>How many <see cref="Children"/> there are.</summary>
    public long ChildCount;

    /// <summary>The columns of a table, or the elements of a list.</summary>
    public CArrowSchema** Children;

    /// <summary>The type of a dictionary's values; null where there is none.</summary>
    public CArrowSchema* Dictionary;

    /// <summary>Frees everything that the structure refers to; null once that has happened.</summary>
    public delegate* unmanaged<CArrowSchema*, void> Release;

    /// <summary>What the producer needs to free it.</summary>
    public void* PrivateData;
}
