using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Training.Tests.Support;

/// <summary>Things that go wrong with a worker, once for every shard and round.</summary>
internal static class Trouble
{
    public static readonly string[] Kinds =
    [
        "dies at once", "dies half way", "dies after storing", "is refused", "never answers", "answers late", "answers twice", "stores rubbish",
        "stores half", "stores another round", "stores another run", "stores another shard", "stores NaN", "stores nothing",
    ];

    /// <summary>A script by which the first attempt at some rounds goes wrong in a certain way.</summary>
    public static Script Of(string kind, Lab lab) => async (asked, work) =>
    {
        bool isBad = asked.Attempt == 1 && asked.Round is 1 or 3 && asked.Shards.Contains(2);
        if (!isBad) return await work();
        switch (kind)
        {
            case "dies at once":
                return MemoryFunctions.Died;
            case "is refused":
                throw new InvokeException("429 TooManyRequestsException");
            case "never answers":
                await Task.Delay(Timeout.InfiniteTimeSpan, lab.Time);
                break;
            case "answers late":
                await Task.Delay(TimeSpan.FromHours(1), lab.Time);
                return await work();
            case "answers twice":
                await work();
                return await work();
        }

        string key = $"{Lab.Output}/{new RoundKeys(asked.Run, asked.Token, asked.Round).Statistics(2)}";
        string other = $"{Lab.Output}/{new RoundKeys(asked.Run, asked.Token, asked.Round).Statistics(asked.Shards[0])}";

        // In the very moment of its writing: whoever reads it never sees it whole.
        lab.Objects.After = (call, _) =>
        {
            if (call == new StoreCall("put", key)) lab.Objects[key] = Damaged(kind, lab.Objects[key]!, () => lab.Objects[other]);
            return ValueTask.CompletedTask;
        };
        InvokeOutcome outcome = await work();
        lab.Objects.After = null;
        return kind.StartsWith("dies", StringComparison.Ordinal) ? MemoryFunctions.Died : outcome;
    };

    private static byte[]? Damaged(string kind, byte[] content, Func<byte[]?> other)
    {
        switch (kind)
        {
            case "dies half way" or "stores nothing":
                return null;
            case "stores rubbish":
                return "not an Arrow stream at all"u8.ToArray();
            case "stores half":
                return content[..(content.Length / 2)];
            case "stores another round":
                return Rewritten(content, "round", "77");
            case "stores another run":
                return Rewritten(content, "run", "another");
            case "stores another shard":
                return other();
            case "stores NaN":
                content.AsSpan(content.Length / 2, 64).Fill(0xFF);
                return content;
            default:
                return content;
        }
    }

    /// <summary>Whole and sound statistics with another note beside them.</summary>
    private static byte[] Rewritten(byte[] content, string note, string value)
    {
        ShardStatistics statistics = new(new StatisticsShape(new(40, 18, 3), HasMatrices: false, HasPredictions: false));
        Dictionary<string, string> notes = new(Stored.Notes(content, statistics, "it"), StringComparer.Ordinal) { [note] = value };
        return Stored.Of(statistics, notes);
    }
}
