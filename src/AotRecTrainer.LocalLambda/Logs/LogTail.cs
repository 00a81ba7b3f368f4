using System.Text;

namespace AotRecTrainer.LocalLambda.Logs;

/// <summary>Keeps the last 4 KB of an invocation's log, which is what callers may ask for. Thread-safe.</summary>
internal sealed class LogTail
{
    /// <summary>Size of the tail in bytes.</summary>
    public const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[Capacity];
    private long _written;

    public void AppendLine(string line)
    {
        // A longer line than the tail shows only its end, so only that much is encoded.
        ReadOnlySpan<char> end = line.Length > Capacity ? line.AsSpan(line.Length - Capacity) : line;
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(end.Length) + 1];
        int count = Encoding.UTF8.GetBytes(end, bytes);
        bytes[count++] = (byte)'\n';
        lock (_gate)
        {
            foreach (byte b in bytes.AsSpan(0, count))
                _ring[_written++ % Capacity] = b;
        }
    }

    public void Clear()
    {
        lock (_gate)
            _written = 0;
    }

    public byte[] ToArray()
    {
        lock (_gate)
        {
            int count = (int)Math.Min(_written, Capacity);
            byte[] tail = new byte[count];
            for (int i = 0; i < count; i++)
            {
                tail[i] = _ring[(_written - count + i) % Capacity];
            }

            return tail;
        }
    }
}
