using System.Diagnostics;
using AotRecTrainer.Benchmarks.Serving;

namespace AotRecTrainer.Benchmarks.Report;

/// <summary>Measures every kernel against the C kernel, taking turns, and reports.</summary>
internal static class KernelsVerb
{
    // Speed changes in steps that last for seconds: many short turns show every contender the same steps.
    private const int Rounds = 80;
    private const int SampleMilliseconds = 4;

    // What is slow is not worth waiting for.
    private const int FewestRounds = 2;
    private const double MostMilliseconds = 600;

    private static readonly (string Family, int Factors, int Threads)[] Cases =
    [
        .. from threads in (int[])[1, 2]
           where threads <= Environment.ProcessorCount
           from factors in (int[])[3, 8, 16, 32, 64]
           select ("gradient", factors, threads),
        .. from factors in (int[])[3, 10, 32, 64] select ("als", factors, 1),
    ];

    public static void Run(KernelsOptions options)
    {
        using var jit = new Client("JIT", Environment.ProcessPath!, options.Reference);
        using Client? native = options.Native is null ? null : new Client("AOT", options.Native, options.Reference);
        Client[] programs = native is null ? [jit] : [jit, native];
        var measurements = new List<Measurement>();
        foreach ((string family, int factors, int threads) in Cases)
        {
            Console.Error.WriteLine($"measuring {family}, {factors} factors, {threads} {(threads == 1 ? "thread" : "threads")}");
            measurements.AddRange(Measure(programs, family, factors, threads));
        }

        string[] about = [.. programs.Select(program => $"{program.Name}: {program.About}"), $"C: {options.Compiler}"];
        new KernelsReport(Machine.Current(), about, measurements).Write(options);
    }

    private static List<Measurement> Measure(Client[] programs, string family, int factors, int threads)
    {
        (Client Program, Measurement Result)[] contenders =
        [
            .. from program in programs
               from body in program.Bodies(family, factors)
               select (program, new Measurement(family, factors, threads, program.Name, body, [])),
        ];
        double[] spent = new double[contenders.Length];
        for (int round = 0; round < Rounds; round++)
        {
            for (int n = 0; n < contenders.Length; n++)
            {
                (Client program, Measurement result) = contenders[n];
                if (round >= FewestRounds && spent[n] > MostMilliseconds)
                {
                    continue;
                }

                long start = Stopwatch.GetTimestamp();
                result.Samples.Add(program.Sample(family, result.Body, factors, threads, SampleMilliseconds));
                spent[n] += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        return [.. contenders.Select(contender => contender.Result)];
    }
}
