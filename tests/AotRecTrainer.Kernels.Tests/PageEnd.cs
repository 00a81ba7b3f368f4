using System.Runtime.InteropServices;

namespace AotRecTrainer.Kernels.Tests;

/// <summary>Memory whose last byte is the last readable one: a kernel that reads or writes past it dies at once.</summary>
/// <remarks>Linux only; elsewhere plain memory, which finds only what changes a result.</remarks>
internal sealed unsafe partial class PageEnd : IDisposable
{
    private const int None = 0;
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 0x02 | 0x20;

    private readonly List<(nint Start, nuint Length)> _mappings = [];

    /// <summary>A copy of <paramref name="values"/> at the end of a page; valid until this is disposed.</summary>
    public Span<T> Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!OperatingSystem.IsLinux())
        {
            return values.ToArray();
        }

        nuint page = (nuint)Environment.SystemPageSize;
        nuint bytes = (nuint)values.Length * (nuint)sizeof(T);
        nuint room = (bytes + page - 1) / page * page;
        nint start = mmap(0, room + page, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, start);
        _mappings.Add((start, room + page));
        Assert.Equal(0, mprotect(start + (nint)room, page, None));
        var copy = new Span<T>((void*)(start + (nint)(room - bytes)), values.Length);
        values.CopyTo(copy);
        return copy;
    }

    public void Dispose()
    {
        foreach ((nint start, nuint length) in _mappings)
        {
            Assert.Equal(0, munmap(start, length));
        }

        _mappings.Clear();
    }

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nuint length, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nuint length);
}
