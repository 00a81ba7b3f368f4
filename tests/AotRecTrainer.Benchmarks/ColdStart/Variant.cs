using System.Runtime.InteropServices;

namespace AotRecTrainer.Benchmarks.ColdStart;

/// <summary>One way to compile the function.</summary>
/// <param name="Name">As the JSON has it: <c>aot</c>, <c>r2r</c> or <c>jit</c>.</param>
/// <param name="Title">As the page has it.</param>
/// <param name="Executable">The program.</param>
/// <param name="ProgramBytes">What its own files weigh.</param>
/// <param name="TotalBytes">The same with the .NET runtime, where it needs one.</param>
internal sealed record Variant(string Name, string Title, string Executable, long ProgramBytes, long TotalBytes)
{
    public static IReadOnlyList<Variant> All(ColdStartOptions options)
    {
        string native = Path.Combine(options.Programs, "bootstrap");
        long bytes = new FileInfo(native).Length;
        return
        [
            new Variant("aot", "native AOT", native, bytes, bytes),
            Managed("r2r", "ReadyToRun", options.ReadyToRun),
            Managed("jit", "JIT", options.Jit),
        ];
    }

    private static Variant Managed(string name, string title, string folder)
    {
        long bytes = Weigh(folder, "*.dll") + new FileInfo(Path.Combine(folder, "bootstrap")).Length;
        return new Variant(name, title, Path.Combine(folder, "bootstrap"), bytes, bytes + Weigh(RuntimeEnvironment.GetRuntimeDirectory(), "*"));
    }

    private static long Weigh(string folder, string pattern) => new DirectoryInfo(folder).EnumerateFiles(pattern).Sum(file => file.Length);
}
