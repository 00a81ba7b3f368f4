using System.Globalization;

namespace AotRecTrainer.Training;

/// <summary>
/// Keys of what a round stores while it runs, relative to the output location. They carry the coordinator's fencing token, so that two
/// coordinators of one run, of which one does not know yet that it was replaced, never touch each other's objects.
/// </summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Token">The coordinator's fencing token, from 1.</param>
/// <param name="Round">Number of the round, from 1.</param>
public readonly record struct RoundKeys(string Run, int Token, int Round)
{
    /// <summary>The task that the round's workers read.</summary>
    public string Parameters => $"{Folder}parameters{ArrowEnd}";

    /// <summary>Everything that the workers of a round leave.</summary>
    public string StatisticsPrefix => $"{Folder}statistics/";

    private string Folder => $"{PrefixOf(Run)}{Round:D5}/";

    private string ArrowEnd => $".{Token}.arrow";

    /// <summary>Where all rounds of a run are.</summary>
    public static string PrefixOf(string run) => $"{run}/rounds/";

    /// <summary>Whether a key is of a round of any run: nobody misses its object once the run has ended.</summary>
    public static bool IsOfRound(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Contains("/rounds/", StringComparison.Ordinal);
    }

    /// <summary>Statistics of a shard; every attempt writes the same bits to the same key.</summary>
    public string Statistics(int shard) => $"{StatisticsPrefix}shard-{shard:D5}{ArrowEnd}";

    /// <summary>Why an attempt has failed, when nobody waits for its answer.</summary>
    /// <param name="shard">The first shard that was asked for.</param>
    /// <param name="attempt">Number of the attempt.</param>
    public string Failure(int shard, int attempt) => $"{StatisticsPrefix}failure-{shard:D5}.{attempt}.{Token}.json";

    /// <summary>Reads the shard out of a key that <see cref="Statistics"/> of this very round made; -1 for any other key.</summary>
    public int ShardOf(string key) => NumbersOf(key, "shard-", ArrowEnd) is [int shard] ? shard : -1;

    /// <summary>Reads first shard and attempt out of a key that <see cref="Failure"/> of this very round made; null for any other key.</summary>
    public (int Shard, int Attempt)? FailureOf(string key) =>
        NumbersOf(key, "failure-", $".{Token}.json") is [int shard, int attempt] ? (shard, attempt) : null;

    /// <summary>
    /// True for keys below <see cref="PrefixOf"/> that are of a round before this one or of a coordinator before this one. Never for those
    /// of a coordinator that came after: its rounds may have smaller numbers, since it went on from a checkpoint.
    /// </summary>
    public bool IsLeftover(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        string start = PrefixOf(Run);
        if (!key.StartsWith(start, StringComparison.Ordinal)) return false;
        string[] folders = key[start.Length..].Split('/');
        string[] parts = folders[^1].Split('.');
        return TryNumber(folders[0], out int round) && parts.Length > 2 && TryNumber(parts[^2], out int token)
            && (token < Token || (token == Token && round < Round));
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private int[] NumbersOf(string key, string start, string end)
    {
        ArgumentNullException.ThrowIfNull(key);
        string whole = StatisticsPrefix + start;
        if (key.Length < whole.Length + end.Length || !key.StartsWith(whole, StringComparison.Ordinal) || !key.EndsWith(end, StringComparison.Ordinal))
            return [];
        string[] parts = key[whole.Length..^end.Length].Split('.');
        int[] numbers = [.. parts.Select(part => TryNumber(part, out int number) ? number : -1)];
        return numbers.Contains(-1) ? [] : numbers;
    }
}
