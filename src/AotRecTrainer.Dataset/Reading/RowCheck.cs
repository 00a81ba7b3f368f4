using AotRecTrainer.Dataset.Gathering;
using AotRecTrainer.Dataset.Splits;
using AotRecTrainer.Dataset.Writing;

namespace AotRecTrainer.Dataset.Reading;

/// <summary>Holds all rows of a data set against its manifest and its tables.</summary>
internal sealed class RowCheck
{
    // Sums are rounded in the order in which they are made, which is another here.
    private const double Rounding = 1e-9;
    private readonly DatasetManifest _manifest;
    private readonly EntityTable _users;
    private readonly EntityTable _items;
    private readonly SplitRule _rule;
    private readonly int[] _trainOfUser;
    private readonly int[] _trainOfItem;
    private RatingSums _sums;

    /// <summary>Begins a check.</summary>
    /// <exception cref="DatasetException">The split is none that can be checked, or ids occur twice.</exception>
    public RowCheck(DatasetManifest manifest, EntityTable users, EntityTable items)
    {
        (_manifest, _users, _items) = (manifest, users, items);
        _rule = SplitRule.Create(manifest.Split, users.Ids, items.Ids)
            ?? throw new DatasetException($"{DatasetKeys.Manifest}: split is {manifest.Split}, which is no rule that is known");
        if (_rule.NeedsTimestamps && manifest.RatingColumns.Length < 4)
        {
            throw new DatasetException($"{DatasetKeys.Manifest}: split is {manifest.Split}, and the ratings have no timestamps");
        }

        ThrowOnTwice(manifest.UsersFile, users.Ids);
        ThrowOnTwice(manifest.ItemsFile, items.Ids);
        (_trainOfUser, _trainOfItem) = (new int[users.Ids.Count], new int[items.Ids.Count]);
        _sums = new RatingSums((float)manifest.GlobalMean);
    }

    /// <summary>Adds a shard.</summary>
    /// <exception cref="DatasetException">A row is not where the split has it.</exception>
    public void Add(ShardEntry shard, ShardRows train, ShardRows test)
    {
        int trainAt = 0, testAt = 0;
        for (int user = shard.UserFirst; user < shard.UserFirst + shard.UserCount; user++)
        {
            UserRatings inTrain = train[Take(train, user, ref trainAt)], inTest = test[Take(test, user, ref testAt)];
            _trainOfUser[user] = inTrain.Count;
            foreach (int item in inTrain.Items)
            {
                _trainOfItem[item]++;
            }

            CheckSplit(shard, user, inTrain, inTest);
        }
    }

    /// <summary>To be called after the last shard.</summary>
    /// <exception cref="DatasetException">A number of the manifest or of a table is not that of the rows.</exception>
    public void ThrowUnlessAllAgrees()
    {
        ThrowUnlessEqual(_manifest.UsersFile, "user", _users.Ratings, _trainOfUser);
        ThrowUnlessEqual(_manifest.ItemsFile, "item", _items.Ratings, _trainOfItem);
        ThrowUnlessClose("globalMean", _manifest.GlobalMean, _sums.Mean);
        ThrowUnlessClose("ratingDeviation", _manifest.RatingDeviation, _sums.Deviation);
        ThrowUnlessClose("ratingLow", _manifest.RatingLow, _sums.Low);
        ThrowUnlessClose("ratingHigh", _manifest.RatingHigh, _sums.High);
    }

    // Rows are sorted by user; this was checked as they were read.
    private static Range Take(ShardRows rows, int user, ref int at)
    {
        int start = at;
        while (at < rows.Count && rows.Users[at] == user)
        {
            at++;
        }

        return start..at;
    }

    private void CheckSplit(ShardEntry shard, int user, UserRatings train, UserRatings test)
    {
        var all = new UserColumns(train.Count + test.Count, train.Timestamps.Length + test.Timestamps.Length > 0);
        bool[] expected = new bool[all.Items.Length], found = new bool[all.Items.Length];
        for (int row = 0, trainRow = 0, testRow = 0; row < found.Length; row++)
        {
            found[row] = trainRow == train.Count || (testRow < test.Count && test.Items[testRow] <= train.Items[trainRow]);
            UserRatings from = found[row] ? test : train;
            int place = found[row] ? testRow++ : trainRow++;
            (all.Items[row], all.Ratings[row]) = (from.Items[place], from.Ratings[place]);
            if (all.Timestamps.Length > 0)
            {
                all.Timestamps[row] = from.Timestamps[place];
            }

            if (row > 0 && all.Items[row] == all.Items[row - 1])
            {
                throw new DatasetException($"{shard.Train.Key}: user {user}, item {all.Items[row]} is in {shard.Test.Key} too");
            }
        }

        _sums.Add(all.Ratings, found);
        _rule.Mark(user, all[..], expected);
        int wrong = expected.AsSpan().CommonPrefixLength(found);
        if (wrong < found.Length)
        {
            throw new DatasetException(
                $"{(found[wrong] ? shard.Test.Key : shard.Train.Key)}: user {user}, item {all.Items[wrong]}, expected in "
                + $"{(found[wrong] ? shard.Train.Key : shard.Test.Key)} by the split {_manifest.Split}");
        }
    }

    private static void ThrowOnTwice(FileEntry file, EntityIds ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < ids.Count; index++)
        {
            if (!seen.Add(ids[index]))
            {
                throw new DatasetException($"{file.Key}: row {index}: id {ids[index]} occurs before, expected each id once");
            }
        }
    }

    private static void ThrowUnlessEqual(FileEntry file, string side, int[] told, int[] counted)
    {
        int wrong = told.AsSpan().CommonPrefixLength(counted);
        if (wrong < told.Length)
        {
            throw new DatasetException($"{file.Key}: {side} {wrong} has {told[wrong]} ratings, expected {counted[wrong]}");
        }
    }

    // Written so that NaN is not close to anything.
    private static void ThrowUnlessClose(string name, double told, double counted)
    {
        if (!(Math.Abs(told - counted) <= Rounding * Math.Max(1, Math.Abs(counted))))
        {
            throw new DatasetException($"{DatasetKeys.Manifest}: {name} is {told}, expected {counted}");
        }
    }
}
