using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Function.SelfCheck;

/// <summary>Ratings made by a known model of rank 2 without noise, so that a right training predicts the held-out ones to rounding.</summary>
internal sealed class PlantedRatings
{
    public const int Users = 90;
    public const int Items = 48;
    public const int Factors = 2;
    public const int Shards = 3;

    private const int UsersPerShard = Users / Shards;
    private const float FactorDeviation = 0.7f;
    private const float Low = -10;
    private const float High = 16;

    // Of ten pairs of a user and an item six are rated, and of these every tenth is held out.
    private const double Density = 0.6;
    private const double HeldOut = 0.1;

    private readonly int[] _userCounts = new int[Users];
    private readonly int[] _itemCounts = new int[Items];
    private double _sum;

    public PlantedRatings(long seed)
    {
        ModelParameters planted = ModelParameters.Initialize(new ModelShape(Users, Items, Factors), globalMean: 3, seed, FactorDeviation);
        Data = [.. Enumerable.Range(0, Shards).Select(shard => Shard(planted, seed, shard * UsersPerShard))];
    }

    /// <summary>The shards.</summary>
    public IReadOnlyList<ShardData> Data { get; }

    /// <summary>Training ratings of every user.</summary>
    public int[] UserCounts => _userCounts;

    /// <summary>Training ratings of every item.</summary>
    public int[] ItemCounts => _itemCounts;

    /// <summary>Mean of the training ratings.</summary>
    public float Mean => (float)(_sum / _userCounts.Sum());

    private static ShardRatings Rows(int userFirst, int[] offsets, List<int> items, List<float> ratings) =>
        new(userFirst, new RatingBlock(offsets, [.. items], [.. ratings], Items));

    private static float Rating(ModelParameters planted, int user, int item)
    {
        float rating = planted.GlobalMean;
        for (int f = 0; f < Factors; f++)
            rating += planted.UserFactors[(user * Factors) + f] * planted.ItemFactors[(item * Factors) + f];
        return rating;
    }

    private ShardData Shard(ModelParameters planted, long seed, int userFirst)
    {
        List<int> trainItems = [], testItems = [];
        List<float> trainRatings = [], testRatings = [];
        int[] trainOffsets = new int[UsersPerShard + 1], testOffsets = new int[UsersPerShard + 1];
        for (int row = 0; row < UsersPerShard; row++)
        {
            int user = userFirst + row;
            KeyedRandom random = new(seed, stream: 2, (ulong)user);
            for (int item = 0; item < Items; item++)
            {
                double draw = random.NextOpenUnit();
                if (draw >= Density)
                    continue;
                bool isHeldOut = draw < Density * HeldOut;
                float rating = Rating(planted, user, item);
                (isHeldOut ? testItems : trainItems).Add(item);
                (isHeldOut ? testRatings : trainRatings).Add(rating);
                if (isHeldOut)
                    continue;
                _userCounts[user]++;
                _itemCounts[item]++;
                _sum += rating;
            }

            trainOffsets[row + 1] = trainItems.Count;
            testOffsets[row + 1] = testItems.Count;
        }

        return new ShardData(
            Rows(userFirst, trainOffsets, trainItems, trainRatings), Rows(userFirst, testOffsets, testItems, testRatings), Low, High);
    }
}
