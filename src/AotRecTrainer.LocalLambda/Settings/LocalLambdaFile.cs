using System.Text.Json;

namespace AotRecTrainer.LocalLambda;

/// <summary>
/// Reads a server's settings and functions from a JSON file. Members are those of <see cref="LocalLambdaOptions"/> and
/// <see cref="FunctionDefinition"/> in camel case, times in seconds; only <c>functions</c>, and in it <c>name</c> and <c>executable</c>,
/// must be there.
/// </summary>
public static class LocalLambdaFile
{
    /// <summary>Reads a file. Programs given by a relative path are looked for beside it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not such JSON, or a value is out of range.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LocalLambdaOptions Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        LocalLambdaOptions options;
        try
        {
            LocalLambdaFileContent content = JsonSerializer.Deserialize(File.ReadAllBytes(path), LocalLambdaFileJsonContext.Default.LocalLambdaFileContent)
                ?? throw new InvalidDataException($"{path}: null, expected an object");
            options = content.ToOptions(directory);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        return options.Problem() is { } problem ? throw new InvalidDataException($"{path}: {problem}") : options;
    }
}
