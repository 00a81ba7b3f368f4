using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Encodings;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>DELTA_BYTE_ARRAY: how many bytes each text shares with the one before it, and then what is different.</summary>
internal sealed class DeltaTextDecoder(PageReader pages, ReaderMemory memory) : TextDecoder(pages), IDisposable
{
    private readonly int[] _shared = new int[ColumnReader.SliceRows];
    private DeltaDecoder _sharedLengths;
    private DeltaDecoder _restLengths;

    // The last text of the slice before: its batch may be gone when it is needed.
    private NativeBuffer? _last;
    private int _lastLength;

    public override void Open()
    {
        _sharedLengths = Pages.TakeLengths();
        _restLengths = Pages.TakeLengths();
        _lastLength = 0;
    }

    public override void Read(Span<int> ends, TextBuilder text)
    {
        Span<int> shared = _shared.AsSpan(0, ends.Length);
        if (!_sharedLengths.TryRead(Pages.Bytes, shared) || !_restLengths.TryRead(Pages.Bytes, ends))
            throw Pages.TooFewValues();
        int start = 0;
        int end = _lastLength;
        for (int i = 0; i < ends.Length; i++)
        {
            if ((uint)shared[i] > (uint)(end - start))
                throw Pages.Failure($"text that shares {shared[i]} bytes with one of {end - start}");
            int next = text.Length;
            if (i == 0)
                text.Append(_last is null ? default : _last.Span[..shared[i]]);
            else
                text.Repeat(start, shared[i]);
            text.Append(Pages.Take(ends[i], "text"));
            (start, end) = (next, text.Length);
            ends[i] = end;
        }

        if (ends.Length > 0)
            Keep(text.Written[start..end]);
    }

    public void Dispose() => memory.Free(_last);

    private void Keep(ReadOnlySpan<byte> last)
    {
        if (_last is null || _last.Length < last.Length)
        {
            memory.Free(_last);
            _last = null;
            _last = memory.Allocate(Math.Max(256, last.Length), Pages.Where);
        }

        last.CopyTo(_last.Span);
        _lastLength = last.Length;
    }
}
