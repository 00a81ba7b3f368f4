using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AotRecTrainer.Kernels;
using AotRecTrainer.Kernels.Interop;
using AotRecTrainer.Model.Algorithms;

namespace AotRecTrainer.Function.SelfCheck;

/// <summary>
/// <c>bootstrap self-check</c>: whether this program computes rightly on this machine, without network, files or AWS. Says what it
/// is made of, and trains a planted problem with every kernel that runs here.
/// </summary>
internal static class SelfCheckCommand
{
    public const string Name = "self-check";

    private const long Seed = 7;
    private const double ErrorMax = 0.01;

    /// <summary>Runs the check.</summary>
    /// <returns>0 when every training reached the planted model, otherwise 1; so the process's exit code.</returns>
    public static int Run(TextWriter output)
    {
        try
        {
            return Check(output) ? 0 : 1;
        }
        catch (ArgumentException problem)
        {
            output.WriteLine($"self-check FAILED: {problem.Message}");
            return 1;
        }
    }

    private static bool Check(TextWriter output)
    {
        long started = Stopwatch.GetTimestamp();
        output.WriteLine($"bootstrap {Version()}, {RuntimeInformation.FrameworkDescription}, {Compilation()}, {RuntimeInformation.RuntimeIdentifier}");
        output.WriteLine($"{KernelReport.Describe(ShardAlgorithms.Best)}, {Environment.ProcessorCount} processors");
        output.WriteLine($"BLAS: {OpenBlas.State.Description}");
        output.WriteLine($"planted model of rank {PlantedRatings.Factors}; held-out error at most {ErrorMax} expected:");
        PlantedRatings ratings = new(Seed);
        bool isRight = true;
        foreach (IGradientKernel kernel in GradientKernels.Available)
            isRight &= Report(output, "batch-gradient", kernel, new PlantedTraining(ratings, With(kernel)).BatchGradientError());
        foreach (IEquationKernel kernel in EquationKernels.Available)
            isRight &= Report(output, "als", kernel, new PlantedTraining(ratings, With(kernel)).AlsError());
        output.WriteLine($"self-check {(isRight ? "passed" : "FAILED")} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        return isRight;
    }

    private static bool Report(TextWriter output, string algorithm, IKernel kernel, double error)
    {
        bool isRight = error <= ErrorMax; // NaN is not
        output.WriteLine($"  {algorithm,-15} {kernel.Name,-10} {error:0.00000} {(isRight ? "ok" : "WRONG")}");
        return isRight;
    }

    private static ShardAlgorithms With(IGradientKernel kernel) => new(kernel, EquationKernels.Available[^1]);

    private static ShardAlgorithms With(IEquationKernel kernel) => new(GradientKernels.Available[^1], kernel);

    private static string Compilation() => RuntimeFeature.IsDynamicCodeCompiled ? "compiled at run time" : "native";

    private static string Version() =>
        typeof(SelfCheckCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";
}
