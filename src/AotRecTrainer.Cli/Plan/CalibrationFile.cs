using System.Text.Json;
using AotRecTrainer.Cli.Plan.Model;

namespace AotRecTrainer.Cli.Plan;

/// <summary>Calibrations as files, and the one that the program comes with.</summary>
internal static class CalibrationFile
{
    private const string Shipped = "calibration.json";

    /// <summary>The calibration that the program comes with; a program of which nobody has measured one has none.</summary>
    public static Calibration ReadShipped()
    {
        using Stream stream = typeof(CalibrationFile).Assembly.GetManifestResourceStream(Shipped)!;
        using MemoryStream content = new();
        stream.CopyTo(content);
        return Parse(content.ToArray(), Shipped);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CliException">It is not there or not a calibration.</exception>
    public static Calibration Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--calibration {path} cannot be read: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }

    /// <summary>Writes a file.</summary>
    public static void Write(string path, Calibration calibration) =>
        File.WriteAllBytes(path, [.. JsonSerializer.SerializeToUtf8Bytes(calibration, PlanJson.Default.Calibration), (byte)'\n']);

    private static Calibration Parse(byte[] content, string name)
    {
        try
        {
            Calibration? calibration = JsonSerializer.Deserialize(content, PlanJson.Default.Calibration);
            string? problem = calibration is null ? "it is null" : calibration.Problem();
            return problem is null ? calibration! : throw new CliException($"{name}: {problem}", ExitCode.WrongInput);
        }
        catch (JsonException problem)
        {
            throw new CliException($"{name}: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }
}
