namespace AotRecTrainer.Model.Statistics;

/// <summary>
/// What one shard contributes to a round. The user part is complete, since all ratings of a user are in one shard; the item part
/// is one addend of a sum over shards. A buffer that is filled again and again: spans are valid until the next <see cref="Reset"/>.
/// </summary>
/// <param name="shape">What the statistics consist of.</param>
public sealed class ShardStatistics(StatisticsShape shape)
{
    private readonly float[] _itemFactors = new float[shape.Model.Items * shape.Model.Factors];
    private readonly float[] _itemBiases = new float[shape.Model.Items];
    private readonly float[] _itemMatrices = new float[checked(shape.Model.Items * shape.MatrixLength)];
    private float[] _userFactors = [];
    private float[] _userBiases = [];
    private float[] _predictions = [];
    private int _users;
    private int _testRatings;

    /// <summary>What the statistics consist of.</summary>
    public StatisticsShape Shape { get; } = shape;

    /// <summary>Index of the shard.</summary>
    public int Shard { get; private set; }

    /// <summary>Index of the shard's first user.</summary>
    public int UserFirst { get; private set; }

    /// <summary>Per user of the shard: the gradient of p_u, or p_u as it was solved; users × factors.</summary>
    public Span<float> UserFactors => _userFactors.AsSpan(0, _users * Shape.Model.Factors);

    /// <summary>Per user of the shard: the gradient of b_u, or b_u as it was solved.</summary>
    public Span<float> UserBiases => _userBiases.AsSpan(0, _users);

    /// <summary>Per item, for its factors: this shard's addend of the gradient, or of the right side; items × factors.</summary>
    public Span<float> ItemFactors => _itemFactors;

    /// <summary>Per item, for its bias: this shard's addend of the gradient, or of the right side.</summary>
    public Span<float> ItemBiases => _itemBiases;

    /// <summary>Per item: this shard's addend of the normal equations' matrix, items × <see cref="StatisticsShape.MatrixLength"/>.</summary>
    public Span<float> ItemMatrices => _itemMatrices;

    /// <summary>Unclipped predictions of the shard's held-out ratings, in row order; empty unless the shape has them.</summary>
    public Span<float> TestPredictions => _predictions.AsSpan(0, Shape.HasPredictions ? _testRatings : 0);

    /// <summary>Error sums of the shard.</summary>
    public ErrorSums Errors { get; set; }

    /// <summary>All arrays by name, in the order in which they are stored; views of the buffer.</summary>
    internal (string Name, Memory<float> Values)[] Arrays =>
    [
        ("user factors", _userFactors.AsMemory(0, UserFactors.Length)), ("user biases", _userBiases.AsMemory(0, UserBiases.Length)),
        ("item factors", _itemFactors), ("item biases", _itemBiases), ("item matrices", _itemMatrices),
        ("test predictions", _predictions.AsMemory(0, TestPredictions.Length)),
    ];

    /// <summary>Empties the buffer for a shard; all numbers become zero.</summary>
    public void Reset(int shard, int userFirst, int users, int testRatings)
    {
        Shard = shard;
        UserFirst = userFirst;
        _users = users;
        _testRatings = testRatings;
        Fit(ref _userFactors, users * Shape.Model.Factors);
        Fit(ref _userBiases, users);
        Fit(ref _predictions, Shape.HasPredictions ? testRatings : 0);
        Array.Clear(_itemFactors);
        Array.Clear(_itemBiases);
        Array.Clear(_itemMatrices);
        Errors = default;
    }

    private static void Fit(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new float[length];
        else Array.Clear(buffer, 0, length);
    }
}
