using System.Diagnostics;
using System.Globalization;

namespace AotRecTrainer.Benchmarks.Serving;

/// <summary>
/// The side that runs contenders, one sample per request line, so that the side that asks can take turns between programs.
/// </summary>
/// <remarks>
/// <c>bodies FAMILY FACTORS</c> answers with the names of contenders; <c>sample FAMILY BODY FACTORS THREADS MILLISECONDS</c> with
/// nanoseconds per rating; <c>about</c> with a line about the runtime.
/// </remarks>
internal static class Server
{
    public static void Run(string referencePath, TextReader requests, TextWriter answers)
    {
        using var stage = new Stage(referencePath);
        for (string? line = requests.ReadLine(); line is not null; line = requests.ReadLine())
        {
            answers.WriteLine(line.Split(' ') switch
            {
                ["about"] => RuntimeDescription.Line(),
                ["bodies", string family, string factors] => string.Join(' ', stage.Bodies(family, int.Parse(factors))),
                ["sample", string family, string body, string factors, string threads, string milliseconds] =>
                    Sample(stage.Get(family, body, int.Parse(factors), int.Parse(threads)), int.Parse(milliseconds))
                        .ToString("R", CultureInfo.InvariantCulture),
                _ => throw new ArgumentException($"request '{line}' is none that this program knows"),
            });
            answers.Flush();
        }
    }

    private static double Sample(Contenders.IContender contender, int milliseconds)
    {
        long passes = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            contender.Run();
            passes++;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed.TotalMilliseconds < milliseconds);
        return elapsed.TotalNanoseconds / passes / Workload.Ratings.Count;
    }
}
