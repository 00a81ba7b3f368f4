using System.Runtime.InteropServices;

namespace AotRecTrainer.Benchmarks.Report;

/// <summary>The machine that figures belong to.</summary>
/// <param name="Cpu">As the processor names itself, with family and model where the name alone says little.</param>
/// <param name="Processors">Processors that this process may use.</param>
/// <param name="System">Operating system and version.</param>
internal sealed record Machine(string Cpu, int Processors, string System)
{
    /// <summary>Name of the folder of results: the processor in small letters and dashes.</summary>
    public string Folder =>
        string.Join('-', new string([.. Cpu.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static Machine Current()
    {
        Dictionary<string, string> facts = [];
        if (OperatingSystem.IsLinux())
        {
            foreach (string[] pair in File.ReadLines("/proc/cpuinfo").Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2))
            {
                facts.TryAdd(pair[0].Trim(), pair[1].Trim());
            }
        }

        string Fact(string name) => facts.GetValueOrDefault(name, "unknown");
        string cpu = $"{Fact("model name")} family {Fact("cpu family")} model {Fact("model")}";
        return new Machine(cpu, Environment.ProcessorCount, RuntimeInformation.OSDescription);
    }
}
