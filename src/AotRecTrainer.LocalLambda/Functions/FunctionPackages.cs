using System.IO.Compression;
using AotRecTrainer.LocalLambda.Api;

namespace AotRecTrainer.LocalLambda.Functions;

/// <summary>Unpacks functions that come as zip files, into a temporary directory that goes with the server.</summary>
internal sealed class FunctionPackages : IDisposable
{
    private const string Program = "bootstrap";

    private readonly Lock _gate = new();
    private DirectoryInfo? _root;

    /// <summary>Unpacks a zip file and returns the path of the program in it.</summary>
    /// <exception cref="ServiceException">It is no zip file, or has no program.</exception>
    public string Unpack(byte[] zip)
    {
        string directory = Path.Combine(Root(), Guid.NewGuid().ToString("N"));
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            archive.ExtractToDirectory(directory);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new ServiceException(400, "InvalidParameterValueException", $"Could not unzip uploaded file: {e.Message}");
        }

        string program = Path.Combine(directory, Program);
        if (!File.Exists(program))
            throw new ServiceException(400, "InvalidParameterValueException", $"The zip file has no file named {Program} at its top");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return program;
    }

    public void Dispose()
    {
        try
        {
            _root?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in the system's temporary directory, which is cleaned by others too.
        }
    }

    private string Root()
    {
        lock (_gate)
            return (_root ??= Directory.CreateTempSubdirectory("aotrec-local-")).FullName;
    }
}
