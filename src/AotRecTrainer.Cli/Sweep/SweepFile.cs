using System.Text.Json;

namespace AotRecTrainer.Cli.Sweep;

/// <summary>The figures of a sweep so far, a line each, so that a sweep that was interrupted goes on where it was.</summary>
internal sealed class SweepFile
{
    private readonly string _path;
    private readonly Dictionary<string, SweepRow> _rows = new(StringComparer.Ordinal);

    private SweepFile(string path) => _path = path;

    /// <summary>Opens the file of a folder; rows that were measured with another CPU scale are measured again.</summary>
    /// <exception cref="CliException">A line is not a row.</exception>
    public static SweepFile Open(string folder, double cpuScale)
    {
        SweepFile file = new(Path.Combine(folder, "rows.jsonl"));
        if (!File.Exists(file._path)) return file;
        int number = 0;
        foreach (string line in File.ReadLines(file._path))
        {
            number++;
            SweepRow? row = Parse(line, file._path, number);
            if (row is not null && row.CpuScale == cpuScale) file._rows[row.Key] = row;
        }

        return file;
    }

    /// <summary>The figures of a configuration; null when it was not measured.</summary>
    public SweepRow? this[SweepCell cell] => _rows.GetValueOrDefault(cell.Key);

    /// <summary>Keeps a row.</summary>
    public void Add(SweepRow row)
    {
        _rows[row.Key] = row;
        File.AppendAllText(_path, JsonSerializer.Serialize(row, SweepJson.Default.SweepRow) + "\n");
    }

    private static SweepRow? Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, SweepJson.Default.SweepRow);
        }
        catch (JsonException) when (!line.EndsWith('}'))
        {
            return null; // The last line of a sweep that was killed while it wrote.
        }
        catch (JsonException problem)
        {
            throw new CliException($"{path}, line {number}: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }
}
