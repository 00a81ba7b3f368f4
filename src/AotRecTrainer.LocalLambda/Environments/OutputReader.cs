using System.Text;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>
/// Reads one output stream of a process line by line on a thread of its own: reads of a pipe block a thread whichever way
/// they are asked for, and must not hold those that answer requests.
/// </summary>
internal sealed class OutputReader
{
    private const int MaxLineBytes = 256 * 1024;
    private readonly Stream _stream;
    private readonly Action<string> _onLine;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OutputReader(Stream stream, Action<string> onLine)
    {
        _stream = stream;
        _onLine = onLine;
    }

    /// <summary>Starts reading; the task completes at the end of the stream, when all lines have been passed on.</summary>
    public static Task Start(Stream stream, string name, Action<string> onLine)
    {
        var reader = new OutputReader(stream, onLine);
        new Thread(reader.Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = name }.Start();
        return reader._done.Task;
    }

    private void Run()
    {
        byte[] buffer = new byte[8192];
        int held = 0;
        try
        {
            while (true)
            {
                if (held == buffer.Length && held < MaxLineBytes)
                    Array.Resize(ref buffer, buffer.Length * 2);

                int read = _stream.Read(buffer, held, buffer.Length - held);
                if (read == 0)
                    break;

                held = PassLines(buffer, held + read);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone; what was read before is passed on below.
        }

        if (held > 0)
            Pass(buffer.AsSpan(0, held));

        _done.SetResult();
    }

    /// <summary>Passes on every whole line, moves the rest to the front and returns its length.</summary>
    private int PassLines(byte[] buffer, int held)
    {
        int start = 0;
        while (buffer.AsSpan(start, held - start).IndexOf((byte)'\n') is >= 0 and int length)
        {
            Pass(buffer.AsSpan(start, length));
            start += length + 1;
        }

        if (start == 0 && held == MaxLineBytes)
        {
            Pass(buffer.AsSpan(0, held));
            return 0;
        }

        Buffer.BlockCopy(buffer, start, buffer, 0, held - start);
        return held - start;
    }

    private void Pass(ReadOnlySpan<byte> line) => _onLine(Encoding.UTF8.GetString(line.TrimEnd((byte)'\r')));
}
