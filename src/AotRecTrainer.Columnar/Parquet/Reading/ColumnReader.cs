using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>
/// Reads the values of one column chunk, from the first row to the last, any number of rows at a time. It knows pages and which rows
/// have a value; what the values are is for those who derive from it.
/// </summary>
internal abstract class ColumnReader(PageReader pages, Field field, ReaderMemory memory) : IDisposable
{
    /// <summary>Rows that are decoded at a time where that takes a detour: their values stay in the processor's nearest cache.</summary>
    internal const int SliceRows = 2048;

    private readonly int[] _levels = new int[SliceRows];

    protected PageReader Pages { get; } = pages;

    protected Field Field { get; } = field;

    protected ReaderMemory Memory { get; } = memory;

    /// <summary>The most rows that <see cref="ReadSlice"/> takes.</summary>
    protected virtual int LargestSlice => int.MaxValue;

    /// <summary>Reads the next rows; there must be as many.</summary>
    public Column Read(int rows)
    {
        using ColumnBuffers buffers = new();
        if (Field.Nullable)
        {
            buffers.Validity = Memory.AllocateForBatch(Bitmap.ByteCount(rows), Pages.Where);
            buffers.Validity.Span.Clear();
        }

        Begin(buffers, rows);
        int nulls = 0;
        for (int done = 0; done < rows;)
        {
            int count = NextSlice(rows - done, buffers.Validity, done, out int present);
            ReadSlice(buffers, done, count, present);
            nulls += count - present;
            done += count;
        }

        End(buffers, rows);
        return buffers.ToColumn(Field, rows, nulls);
    }

    public virtual void Dispose() => Pages.Dispose();

    /// <summary>Allocates the buffers of the values.</summary>
    protected abstract void Begin(ColumnBuffers buffers, int rows);

    /// <summary>Reads rows of one page.</summary>
    /// <param name="buffers">Where to; which of the rows have a value is already there.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="present">Those among them that have a value.</param>
    protected abstract void ReadSlice(ColumnBuffers buffers, int start, int count, int present);

    /// <summary>Ends a column.</summary>
    protected virtual void End(ColumnBuffers buffers, int rows)
    {
        // Values of a fixed width are complete.
    }

    /// <summary>Starts with the values of the current page.</summary>
    protected abstract void OpenPage();

    /// <summary>Takes the dictionary from the current page.</summary>
    protected abstract void OpenDictionary();

    /// <summary>Moves values that stand at the front, one for each row that has one, to their rows. Rows without one become 0.</summary>
    protected static void Spread<T>(Span<T> values, int present, NativeBuffer? validity, int start)
        where T : unmanaged
    {
        if (present == values.Length)
            return;
        ReadOnlySpan<byte> marks = validity!.Span;
        for (int i = values.Length - 1; i >= 0; i--)
            values[i] = Bitmap.Get(marks, start + i) ? values[--present] : default;
    }

    /// <summary>
    /// Goes to the next page where the current one is at its end, and gives out how many rows can be read in one go, and how many of
    /// them have a value. Their validity is set.
    /// </summary>
    private int NextSlice(int most, NativeBuffer? validity, int start, out int present)
    {
        while (Pages.RowsLeft == 0)
            NextPage();
        int count = Math.Min(Math.Min(most, Pages.RowsLeft), LargestSlice);
        present = count;
        if (Pages.HasLevels)
        {
            int run = Pages.TakeLevelRun(count, out int level);
            if (run > 0)
            {
                count = run;
                present = CheckedLevel(level) * run;
                if (present > 0)
                    Bitmap.SetRange(validity!.Span, start, run);
            }
            else
            {
                count = Math.Min(count, SliceRows);
                present = ReadLevels(validity!.Span, start, count);
            }
        }

        Pages.TakeRows(count);
        return count;
    }

    private int CheckedLevel(int level) => level is 0 or 1 ? level : throw Pages.Failure($"definition level {level}, expected 0 or 1");

    private int ReadLevels(Span<byte> validity, int start, int count)
    {
        Span<int> levels = _levels.AsSpan(0, count);
        Pages.ReadLevels(levels);
        int present = 0;
        for (int i = 0; i < count; i++)
        {
            // A run inside of the slice may carry any byte.
            int level = CheckedLevel(levels[i]);
            present += level;
            if (level != 0)
                Bitmap.Set(validity, start + i);
        }

        return present;
    }

    private void NextPage()
    {
        if (!Pages.TryNext(out PageType type))
            throw Pages.Failure("fewer rows than expected");
        if (type == PageType.Dictionary)
            OpenDictionary();
        else
            OpenPage();
    }
}
