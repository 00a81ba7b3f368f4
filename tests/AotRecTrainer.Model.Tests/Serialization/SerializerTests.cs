using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Als;
using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Model.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Model.Tests.Serialization;

public sealed class SerializerTests
{
    private static readonly ModelParameters Model = ModelParameters.Initialize(new ModelShape(3, 4, 2), 3.1f, seed: 8, 0.4f);

    public static TheoryData<string> Kinds => ["gradient", "solve", "sample"];

    [Fact]
    public void Parameters_OddNumbers_ComeBackToTheBit()
    {
        ModelParameters model = Model.Copy();
        (model.UserFactors[0], model.UserBiases[1], model.ItemFactors[3], model.ItemBiases[0]) = (-0f, float.Epsilon, float.MaxValue, 1e-40f);
        Assert.Equal(Words.Of(model), Words.Of(ParameterSerializer.Read(ParameterSerializer.Write(model), "it")));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 5, 3)]
    [InlineData(5, 0, 3)]
    [InlineData(1, 1, ModelShape.FactorsMax)]
    public void Parameters_OddShapes_ComeBack(int users, int items, int factors)
    {
        ModelParameters model = ModelParameters.Initialize(new ModelShape(users, items, factors), 3, seed: 8, 0.4f);
        Assert.Equal(Words.Of(model), Words.Of(ParameterSerializer.Read(ParameterSerializer.Write(model), "it")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Task_OfEveryKind_ComesBackToTheBit(string kind)
    {
        RoundTask task = Task(kind);
        RoundTask read = Stored.Task(Stored.Of(task), "it");
        Assert.IsType(task.GetType(), read);
        Assert.Equal(Words.Of(task), Words.Of(read));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Task_IntoWornParameters_ComesBackToTheBitInTheirArrays(string kind)
    {
        RoundTask task = Task(kind);
        byte[] content = Stored.Of(task);
        ModelParameters worn = new(task.Parameters.Shape, globalMean: -1), other = new(task.Parameters.Shape with { Factors = 9 }, globalMean: -1);
        Array.Fill(worn.ItemFactors, 7);
        RoundTask read = RoundTaskSerializer.Read(new MemoryStream(content), "it", worn);
        Assert.Equal(Words.Of(task), Words.Of(read));
        Assert.Same(worn.ItemFactors, read.Parameters.ItemFactors);
        Assert.Equal(Words.Of(task), Words.Of(RoundTaskSerializer.Read(new MemoryStream(content), "it", other)));
    }

    [Fact]
    public void State_OfAnAlgorithm_ComesBackToTheBit()
    {
        Dictionary<string, float[]> state = State();
        Assert.Equal(Words.Of(state), Words.Of(StateSerializer.Read(StateSerializer.Write(state), "it")));
        Assert.Empty(StateSerializer.Read(StateSerializer.Write(new Dictionary<string, float[]>()), "it"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Statistics_OfEveryShape_ComeBackToTheBitWithTheirNotes(bool matrices, bool predictions)
    {
        ShardStatistics statistics = Statistics(matrices, predictions);
        ShardStatistics read = new(statistics.Shape);
        byte[] content = Stored.Of(statistics, new Dictionary<string, string> { ["round"] = "7" });
        IReadOnlyDictionary<string, string> notes = Stored.Notes(content, read, "it");
        Assert.Equal("7", notes["round"]);
        Assert.Equal(Words.Of(statistics, notes), Words.Of(read, notes));
    }

    [Fact]
    public void Parameters_Damaged_AreRefused() => AssertRefused(
        ParameterSerializer.Write(Model), content => Words.Of(ParameterSerializer.Read(content, "it")));

    [Theory, MemberData(nameof(Kinds))]
    public void Task_Damaged_IsRefused(string kind) => AssertRefused(
        Stored.Of(Task(kind)), content => Words.Of(Stored.Task(content, "it")));

    [Fact]
    public void State_Damaged_IsRefused() => AssertRefused(
        StateSerializer.Write(State()), content => Words.Of(StateSerializer.Read(content, "it")));

    [Fact]
    public void Statistics_Damaged_AreRefused()
    {
        ShardStatistics target = new(Statistics(true, true).Shape);
        AssertRefused(
            Stored.Of(Statistics(true, true), new Dictionary<string, string> { ["run"] = "a run" }),
            content => Words.Of(target, Stored.Notes(content, target, "it")));
    }

    [Fact]
    public void Statistics_AsHalves_ComeBackAsTheirRoundingInAboutHalfTheBytes()
    {
        ShardStatistics statistics = new(new StatisticsShape(new ModelShape(9, 400, 20), HasMatrices: true, HasPredictions: true));
        statistics.Reset(shard: 2, userFirst: 4, users: 3, testRatings: 5);
        Random random = new(3);
        foreach ((_, Memory<float> values) in statistics.Arrays)
        {
            foreach (ref float value in values.Span) value = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-9, 9));
        }

        Dictionary<string, string> notes = [];
        byte[] whole = Stored.Of(statistics, notes);
        byte[] halves = Stored.Of(statistics, notes, StatisticsCompression.Float16);
        ShardStatistics read = new(statistics.Shape);
        Stored.Notes(halves, read, "it");
        Assert.NotEqual(Words.Of(statistics, notes), Words.Of(read, notes));
        StatisticsSerializer.Round(statistics, StatisticsCompression.None);
        Assert.NotEqual(Words.Of(statistics, notes), Words.Of(read, notes));
        StatisticsSerializer.Round(statistics, StatisticsCompression.Float16);
        Assert.Equal(Words.Of(statistics, notes), Words.Of(read, notes));
        Assert.InRange((double)halves.Length / whole.Length, 0.5, 0.52);
    }

    [Fact]
    public void Statistics_AsHalvesDamaged_AreRefused()
    {
        ShardStatistics target = new(Statistics(true, true).Shape);
        AssertRefused(
            Stored.Of(Statistics(true, true), new Dictionary<string, string> { ["run"] = "a run" }, StatisticsCompression.Float16),
            content => Words.Of(target, Stored.Notes(content, target, "it")));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Write_NumberThatIsNotFinite_IsADivergence(float bad)
    {
        ModelParameters model = Model.Copy();
        model.ItemFactors[5] = bad;
        ShardStatistics statistics = Statistics(true, true);
        statistics.ItemMatrices[3] = bad;
        ShardStatistics errors = Statistics(true, true);
        errors.Errors = errors.Errors with { TestSquared = bad };
        foreach (Action write in (Action[])
        [
            () => ParameterSerializer.Write(model),
            () => Stored.Of(new GradientTask(model, MiniBatch.Whole)),
            () => StateSerializer.Write(new Dictionary<string, float[]> { ["first"] = [1, bad] }),
            () => Stored.Of(statistics, new Dictionary<string, string>()),
            () => Stored.Of(statistics, new Dictionary<string, string>(), StatisticsCompression.Float16),
            () => Stored.Of(errors, new Dictionary<string, string>()),
        ])
            Assert.True(Assert.Throws<ModelException>(write).IsDivergence);
    }

    [Fact]
    public void Read_AnotherKindOfObject_IsRefused()
    {
        byte[] model = ParameterSerializer.Write(Model);
        byte[] state = StateSerializer.Write(State());
        Assert.Throws<ModelException>(() => StateSerializer.Read(model, "it"));
        Assert.Throws<ModelException>(() => ParameterSerializer.Read(state, "it"));
        Assert.Throws<ModelException>(() => Stored.Task(model, "it"));
        Assert.Throws<ModelException>(() => Stored.Notes(state, Statistics(true, true), "it"));
    }

    [Fact]
    public void Read_StatisticsOfAnotherShape_IsRefused()
    {
        byte[] content = Stored.Of(Statistics(matrices: false, predictions: false), new Dictionary<string, string>());
        Assert.Throws<ModelException>(() => Stored.Notes(content, Statistics(matrices: true, predictions: false), "it"));
    }

    private static void AssertRefused(byte[] content, Func<byte[], string> read)
    {
        (int refused, int tried) = Damage.Check(content, read);

        // What is not refused fell on bytes that mean nothing, of which Arrow's alignment makes many in small objects.
        Assert.True(refused > tried / 2, $"only {refused} of {tried} were refused");
    }

    private static RoundTask Task(string kind) => kind switch
    {
        "gradient" => new GradientTask(Model, new MiniBatch(2, 5, long.MinValue)),
        "solve" => new SolveTask(Model.WithoutUsers(), new RidgeWeights(0.1f, 2, 1e-7f, 3, 0.5f)),
        _ => new SampleTask(
            Model.WithoutUsers(), new GaussianPrior([0.1f, -2, 3], [7, 8, -9], [1, 0.2f, 2, -0.3f, 0.4f, 5], 1.5f, 0.25f), 1.25f, Seed: -3, Round: 17),
    };

    private static Dictionary<string, float[]> State() => new() { ["steps"] = [3], ["first"] = [1.5f, -0f, 1e-42f], ["none"] = [] };

    private static ShardStatistics Statistics(bool matrices, bool predictions)
    {
        ShardStatistics statistics = new(new StatisticsShape(new ModelShape(9, 4, 2), matrices, predictions));
        statistics.Reset(shard: 2, userFirst: 4, users: 3, testRatings: 5);
        Random random = new(2);
        foreach ((_, Memory<float> values) in statistics.Arrays)
        {
            foreach (ref float value in values.Span) value = random.NextSingle() - 0.5f;
        }

        statistics.Errors = new ErrorSums(1.0 / 3, 40, 2.0 / 7, 0.1, 5);
        return statistics;
    }
}
