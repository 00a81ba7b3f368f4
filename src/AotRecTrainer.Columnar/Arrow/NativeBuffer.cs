using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>
/// A block of memory outside the managed heap that starts at a multiple of 64 bytes. The bytes between its length and the next
/// multiple of 64 are its own and zero, so that vector code may read them.
/// </summary>
/// <remarks>
/// Whoever owns the buffer disposes it. There is no finalizer on purpose: a span does not keep its buffer alive, so a finalizer could
/// free memory that is still being read. Views made by the IPC reader share one block, which is freed with the last of them; their
/// padding is whatever follows them in the message.
/// </remarks>
public sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Where buffers start: at multiples of this many bytes.</summary>
    public const int Alignment = 64;

    private readonly NativeBuffer? _owner;
    private byte* _memory;
    private int _users = 1;
    private bool _disposed;

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <param name="length">Bytes; may be 0.</param>
    public NativeBuffer(int length)
        : this(length, zeroed: true)
    {
    }

    private NativeBuffer(int length, bool zeroed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long padded = Math.Max(Alignment, ((long)length + Alignment - 1) / Alignment * Alignment);
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)padded, Alignment);
        Length = length;
        if (zeroed)
            NativeMemory.Clear(_memory, (nuint)padded);
        else
            NativeMemory.Clear(_memory + length, (nuint)(padded - length));
    }

    private NativeBuffer(NativeBuffer owner, int offset, int length)
    {
        _owner = owner;
        _memory = owner._memory + offset;
        Length = length;
        Interlocked.Increment(ref owner._users);
    }

    /// <summary>Bytes in use, without the padding.</summary>
    public int Length { get; }

    /// <summary>The bytes in use.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new Span<byte>(_memory, Length);
        }
    }

    /// <summary>The bytes in use as values of <typeparamref name="T"/>; bytes left over at the end are not part of it.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    public Span<T> As<T>()
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new Span<T>(_memory, Length / sizeof(T));
    }

    /// <summary>Frees the memory, or gives up a view of it. Disposing twice is fine.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_owner is null)
        {
            Release();
        }
        else
        {
            _memory = null;
            _owner.Release();
        }
    }

    /// <summary>Allocates a buffer whose bytes in use hold anything; only the padding is zero.</summary>
    internal static NativeBuffer Uninitialized(int length) => new(length, zeroed: false);

    /// <summary>A view of a part of this buffer that keeps the memory alive until the view is disposed.</summary>
    internal NativeBuffer View(int offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        return new NativeBuffer(this, offset, length);
    }

    /// <summary>A copy of this buffer with another length: the common bytes are kept, new ones are zero. The old one is disposed.</summary>
    internal NativeBuffer Resize(int length)
    {
        NativeBuffer resized = new(length, zeroed: length > Length);
        Span[..Math.Min(Length, length)].CopyTo(resized.Span);
        Dispose();
        return resized;
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = null;
        }
    }
}
