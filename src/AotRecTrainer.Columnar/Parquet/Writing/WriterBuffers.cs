using System.Collections.Concurrent;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <summary>
/// What a writer needs beside its output, kept for the next writer: memory fresh from the system costs a page fault every 4 KiB, which
/// is more than encoding values into it.
/// </summary>
internal sealed class WriterBuffers
{
    // Beyond this a set is let go of: one large file must not hold on to memory for good.
    private const int KeptRowsMax = 1 << 20;
    private static readonly ConcurrentBag<WriterBuffers> s_kept = [];
    private int[] _indices = [];
    private int[] _levels = [];

    private WriterBuffers()
    {
    }

    /// <summary>The content of a page.</summary>
    public ByteWriter Body { get; } = new();

    /// <summary>The same, compressed.</summary>
    public ByteWriter Compressed { get; } = new();

    /// <summary>Different values of four bytes.</summary>
    public FixedDictionary<uint> Words { get; } = new();

    /// <summary>Different values of eight bytes.</summary>
    public FixedDictionary<ulong> LongWords { get; } = new();

    /// <summary>A set that nobody else uses until it is given back.</summary>
    public static WriterBuffers Rent()
    {
        if (!s_kept.TryTake(out WriterBuffers? kept))
            return new WriterBuffers();

        // The last writer may have ended in the middle of a page.
        kept.Body.Clear();
        return kept;
    }

    /// <summary>Gives a set back.</summary>
    public static void Return(WriterBuffers buffers)
    {
        if (buffers._indices.Length <= KeptRowsMax && s_kept.Count < Environment.ProcessorCount)
            s_kept.Add(buffers);
    }

    /// <summary>Room for the indices of a column chunk; what is in it may be anything.</summary>
    public int[] Indices(int count) => Room(ref _indices, count);

    /// <summary>Room for the definition levels of a page; what is in it may be anything.</summary>
    public int[] Levels(int count) => Room(ref _levels, count);

    private static int[] Room(ref int[] room, int count)
    {
        if (room.Length < count)
            room = GC.AllocateUninitializedArray<int>(count);
        return room;
    }
}
