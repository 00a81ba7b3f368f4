using System.Runtime.InteropServices;
using System.Text;

namespace AotRecTrainer.Columnar.CData;

/// <summary>What one exported structure keeps alive until it is released.</summary>
/// <param name="owner">Disposed with it; may be null.</param>
internal sealed unsafe class ExportedNode(IDisposable? owner)
{
    private readonly List<nint> _blocks = [];

    /// <summary>Memory of zeros that is freed with the structure; at least a byte, so that it has an address.</summary>
    public void* Allocate(int bytes)
    {
        void* block = NativeMemory.AllocZeroed((nuint)Math.Max(1, bytes));
        _blocks.Add((nint)block);
        return block;
    }

    /// <summary>Text that ends with a zero.</summary>
    public byte* Text(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte* bytes = (byte*)Allocate(length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, length));
        return bytes;
    }

    /// <summary>The structure's private data, which <see cref="Free"/> takes.</summary>
    public void* ToPointer() => (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this));

    /// <summary>Frees all that the node holds.</summary>
    public static void Free(void* pointer)
    {
        GCHandle handle = GCHandle.FromIntPtr((nint)pointer);
        ExportedNode node = (ExportedNode)handle.Target!;
        handle.Free();
        node.FreeAll();
    }

    private void FreeAll()
    {
        foreach (nint block in _blocks)
            NativeMemory.Free((void*)block);
        owner?.Dispose();
    }
}
