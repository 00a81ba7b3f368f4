using System.Diagnostics;
using AotRecTrainer.Benchmarks.Contenders;
using AotRecTrainer.Benchmarks.Workload;
using AotRecTrainer.Kernels;

namespace AotRecTrainer.Benchmarks.Serving;

/// <summary>The contenders of one family, number of factors and number of threads; made, checked and warmed up when first asked for.</summary>
internal sealed class Stage(string referencePath) : IDisposable
{
    private const double Tolerance = 2e-3;      // sums of squares of single-precision results

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    private readonly ReferenceKernel _reference = new(referencePath);
    private readonly RatingBlock _block = Ratings.Create();
    private readonly Dictionary<string, IContender> _contenders = new(StringComparer.Ordinal);
    private (string Family, int Factors, int Threads) _case;
    private double[]? _answer;

    /// <summary>The contenders of a family that run here: <c>c256</c> and <c>c512</c> for the C kernel, ours by their names.</summary>
    public IEnumerable<string> Bodies(string family, int factors)
    {
        if (family == "als")
        {
            return EquationKernels.Available.Select(kernel => kernel.Name);
        }

        IEnumerable<string> reference = ((int[])[256, 512]).Where(width => _reference.Has(width, factors)).Select(width => $"c{width}");
        return reference.Concat(GradientKernels.Available.Select(kernel => kernel.Name));
    }

    public IContender Get(string family, string body, int factors, int threads)
    {
        if (_case != (family, factors, threads))
        {
            Dispose();
            _case = (family, factors, threads);
            _answer = null;
        }

        if (_contenders.TryGetValue(body, out IContender? known))
        {
            return known;
        }

        IContender contender = Create(family, body, factors, threads);
        _contenders.Add(body, contender);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            contender.Run();
        }

        Check(contender.Answer(), body);
        return contender;
    }

    public void Dispose()
    {
        foreach (IContender contender in _contenders.Values)
        {
            contender.Dispose();
        }

        _contenders.Clear();
    }

    private IContender Create(string family, string body, int factors, int threads)
    {
        var parameters = new Parameters(factors);
        return (family, body) switch
        {
            ("als", _) => new AlsContender(EquationKernels.Select(body), _block, parameters),
            (_, "c256") => new ReferenceContender(_reference, 256, _block, parameters, threads),
            (_, "c512") => new ReferenceContender(_reference, 512, _block, parameters, threads),
            _ => new GradientContender(GradientKernels.Select(body), _block, parameters, threads),
        };
    }

    /// <summary>A fast wrong answer is worth nothing.</summary>
    private void Check(double[] answer, string body)
    {
        _answer ??= answer;
        for (int n = 0; n < answer.Length; n++)
        {
            if (!(Math.Abs(answer[n] - _answer[n]) <= Tolerance * Math.Abs(_answer[n])))
            {
                throw new InvalidOperationException($"{_case}: {body} answers {answer[n]}, the first contender {_answer[n]} (number {n})");
            }
        }
    }
}
