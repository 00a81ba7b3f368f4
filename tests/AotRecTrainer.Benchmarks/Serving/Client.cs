using System.Diagnostics;
using System.Globalization;

namespace AotRecTrainer.Benchmarks.Serving;

/// <summary>A running program under test, asked line by line.</summary>
internal sealed class Client : IDisposable
{
    private readonly Process _process;

    /// <param name="name">What the program is called in tables.</param>
    /// <param name="path">The benchmark program, compiled in the way that is to be measured.</param>
    /// <param name="reference">The shared library of the C kernel.</param>
    public Client(string name, string path, string reference)
    {
        Name = name;
        var start = new ProcessStartInfo(path, ["serve", reference])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        About = Ask("about");
    }

    public string Name { get; }

    public string About { get; }

    public string[] Bodies(string family, int factors) => Ask($"bodies {family} {factors}").Split(' ');

    /// <summary>Nanoseconds per rating over the next <paramref name="milliseconds"/>.</summary>
    public double Sample(string family, string body, int factors, int threads, int milliseconds) =>
        double.Parse(Ask($"sample {family} {body} {factors} {threads} {milliseconds}"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"the {Name} program ended at '{request}'; what it said stands above");
    }
}
