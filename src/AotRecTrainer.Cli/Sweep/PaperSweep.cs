namespace AotRecTrainer.Cli.Sweep;

/// <summary>
/// The experiments of the paper (E. He, "Training Recommender Systems using Serverless Architecture with Data Parallelism"), and what it
/// measured where it says so.
/// </summary>
internal static class PaperSweep
{
    /// <summary>Name of the data set with a million ratings.</summary>
    public const string Large = "1m";

    /// <summary>Name of the data set with 120,000 ratings.</summary>
    public const string Small = "120k";

    private const int Epochs = 100;

    // One whole processor, as the paper does not name the memory of its second table.
    private const int Memory = 1769;
    private static readonly int[] Memories = [800, 1000, 1500, 1580, 2000, 3000];
    private static readonly int[] WorkerCounts = [1, 3, 5];

    /// <summary>Table 1: one worker and more and more memory.</summary>
    public static SweepCell[] MemoryTable(string dataset) => [.. Memories.Select(memory => Cell(Large, dataset, 1, memory))];

    /// <summary>Table 2: more and more workers.</summary>
    public static SweepCell[] WorkerTable(string name, string dataset) => [.. WorkerCounts.Select(workers => Cell(name, dataset, workers, Memory))];

    /// <summary>The figure of cold starts: two runs of five workers, one after the other.</summary>
    public static SweepCell[] ColdStart(string dataset)
    {
        SweepCell first = Cell(Large, dataset, 5, Memory);
        return [first, first with { Pass = 2 }];
    }

    /// <summary>What the paper measured; a dash where it is not known to us.</summary>
    public static string PaperSeconds(SweepRow row) => row switch
    {
        { Pass: not 1 } => "-",
        { Data: Large, Memory: 800 } => "time-out",
        { Data: Large, Memory: 3000 } => "52.6",
        { Data: Large, Memory: Memory, Workers: 1 } => "72.7",
        { Data: Large, Memory: Memory, Workers: 3 } => "35.2",
        { Data: Large, Memory: Memory, Workers: 5 } => "34.7",
        _ => "-",
    };

    private static SweepCell Cell(string name, string dataset, int workers, int memory) =>
        new(name, dataset, "paper", workers, memory, Factors: null, Epochs);
}
