using AotRecTrainer.Lambda.Logs;

namespace AotRecTrainer.Cli.Logs;

/// <summary>The log of a run behind the local stand-in: a file.</summary>
internal sealed class LocalRunLog(string path) : IRunLog
{
    private readonly StreamReader _reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
    private readonly Dictionary<string, int> _processes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _requests = new(StringComparer.Ordinal);
    private string _begun = "";
    private LogLevel? _level;
    private int? _process;

    public TimeSpan Lag => TimeSpan.Zero;

    public async Task<IReadOnlyList<RunLogLine>> ReadNewAsync(CancellationToken cancellationToken)
    {
        string text = _begun + await _reader.ReadToEndAsync(cancellationToken);
        int end = text.LastIndexOf('\n') + 1;
        _begun = text[end..];
        string[] lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // The line that says which process has an event comes after the first of the event's lines.
        foreach (string line in lines) NoteProcess(line);
        return [.. lines.Select(Place)];
    }

    public void Dispose() => _reader.Dispose();

    private void NoteProcess(string line)
    {
        switch (line.Split(' '))
        {
            case ["LIMITS", ..]:
                // Another stand-in, whose processes are others.
                _processes.Clear();
                break;
            case ["INSTANCE", _, "pid", var pid, _, "RequestId:", var id]:
                if (!_processes.TryGetValue(pid, out int number)) _processes[pid] = number = _processes.Count;
                _requests[id] = number;
                break;
        }
    }

    private RunLogLine Place(string line)
    {
        LoggedText said = LoggedText.Read(line);
        bool goesOn = said.Level is null && said.RequestId is null && line.StartsWith(' ');
        if (!goesOn) (_process, _level) = (said.RequestId is { } request && _requests.TryGetValue(request, out int known) ? known : null, said.Level);
        return new RunLogLine(_process, _level, said.Text);
    }
}
