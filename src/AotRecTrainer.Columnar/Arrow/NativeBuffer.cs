using System.Runtime.CompilerServices;

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

    /// <summary>The most bytes of a buffer: what one array of the runtime can have.</summary>
    internal static readonly int LongestLength = Array.MaxLength;

    private readonly NativeBuffer? _owner;
    private readonly BufferAllocator? _allocator;
    private readonly Action? _release;
    private byte* _memory;
    private int _users = 1;
    private bool _disposed;

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <param name="length">Bytes; may be 0.</param>
    public NativeBuffer(int length)
        : this(length, BufferAllocator.Shared)
    {
        Span.Clear();
    }

    private NativeBuffer(int length, BufferAllocator allocator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _allocator = allocator;
        _memory = (byte*)allocator.Allocate(Capacity(length));
        Length = length;
        Unsafe.InitBlockUnaligned(_memory + length, 0, (uint)(Capacity(length) - length));
    }

    private NativeBuffer(NativeBuffer owner, byte* memory, int length)
    {
        _owner = owner;
        _memory = memory;
        Length = length;
        Interlocked.Increment(ref owner._users);
    }

    private NativeBuffer(Action release) => _release = release;

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
    internal static NativeBuffer Uninitialized(int length, BufferAllocator? allocator = null) =>
        new(length, allocator ?? BufferAllocator.Shared);

    /// <summary>Somebody else's memory, all of it behind <see cref="ForeignView"/>.</summary>
    /// <param name="release">Gives it back; called once, when this buffer and every view have been disposed.</param>
    internal static NativeBuffer Foreign(Action release) => new(release);

    /// <summary>A view of somebody else's memory.</summary>
    internal NativeBuffer ForeignView(nint memory, int length) => new(this, (byte*)memory, length);

    /// <summary>A view of a part of this buffer that keeps the memory alive until the view is disposed.</summary>
    internal NativeBuffer View(int offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        // A view of a view belongs to the same block, which may outlive the view.
        return new NativeBuffer(_owner ?? this, _memory + offset, length);
    }

    /// <summary>A copy of this buffer with another length: the common bytes are kept, new ones hold anything. The old one is disposed.</summary>
    internal NativeBuffer Resize(int length)
    {
        NativeBuffer resized = Uninitialized(length, _allocator);
        Span[..Math.Min(Length, length)].CopyTo(resized.Span);
        Dispose();
        return resized;
    }

    private static long Capacity(int length) => Math.Max(Alignment, ((long)length + Alignment - 1) / Alignment * Alignment);

    private void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _release?.Invoke();
            _allocator?.Free((nint)_memory, Capacity(Length));
            _memory = null;
        }
    }
}
