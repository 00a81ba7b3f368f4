using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Tests.Support;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class ScaleTests
{
    public static TheoryData<string> Exchanges => ["await", "poll"];

    [Theory, MemberData(nameof(Exchanges))]
    public void Train_AThousandShardsAndTwoHundredWorkers_GivesTheBitsOfOneProcess(string exchange)
    {
        // One user a shard. Now and then somebody dies, hangs, or is refused.
        CoordinatorEvent asked = Lab.Event() with { Exchange = exchange, Workers = 200, Epochs = 2 };
        using Lab alone = new(users: 1000, items: 9, shards: 1000);
        using Lab lab = new(users: 1000, items: 9, shards: 1000);
        int calls = 0;
        lab.Functions.Script = async (work, run) =>
        {
            switch (++calls % 37)
            {
                case 5:
                    await run();
                    return MemoryFunctions.Died;
                case 17:
                    return MemoryFunctions.Died;
                case 23:
                    await Task.Delay(TimeSpan.FromHours(1), lab.Time);
                    break;
                case 29:
                    throw new InvokeException("429 TooManyRequestsException");
            }

            return await run();
        };
        CoordinatorResult result = lab.Train(asked);
        Assert.Equal(alone.Train(asked with { Workers = 0 }).ParametersSha256, result.ParametersSha256);
        Assert.Equal(200, result.Workers);
        Assert.InRange(result.Retries!.Value, 20, 200);
        Assert.DoesNotContain(lab.KeysOf("a-run"), key => key.StartsWith("rounds/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("await", 1)]
    [InlineData("await", 12)]
    [InlineData("await", 240)]
    [InlineData("poll", 240)]
    public void Run_HoweverManyWorkersAndHoweverTheyCome_NeedsNoMoreBuffersThanTheWindow(string exchange, int workers)
    {
        const int shards = 240;
        using Round round = new(exchange, workers, shards);
        for (int number = 1; number <= 3; number++) round.Run(number);
        Assert.InRange(round.Pool.Made, 1, StatisticsPool.WindowOf(round.Pool.Shape));
        Assert.Equal(Enumerable.Range(0, shards).Sum(shard => (float)shard), round.Reducer.Sum.ItemBiases[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public async Task Train_InOneProcessWithManyThreads_NeedsNoMoreBuffersThanTheWindowAndOneForEachThread(int threads)
    {
        StatisticsShape shape = new(new ModelShape(60, 5, 2), HasMatrices: false, HasPredictions: false);
        StatisticsPool pool = new(shape);
        StatisticsReducer reducer = new("a-run", "fp", pool, 60, new WorkLedger());
        reducer.Begin(1);
        ReorderBuffer buffer = new(reducer);
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), options, async (shard, token) =>
        {
            ShardStatistics statistics = pool.Rent();
            statistics.Reset(shard, userFirst: shard, users: 1, testRatings: 0);

            // Now and then one is slow, and the others run ahead of it.
            if (shard % 7 == 0) await Task.Delay(20, token);
            await buffer.AddAsync(statistics, token);
        });
        Assert.True(reducer.IsComplete);
        Assert.InRange(pool.Made, 1, reducer.Window + threads);
    }

    /// <summary>Rounds whose workers store made-up statistics, the last shards first.</summary>
    private sealed class Round : IFunctionInvoker, IDisposable
    {
        private readonly VirtualTime _time = new();
        private readonly MemoryObjects _objects = new();
        private readonly RoundExchange _exchange;
        private readonly StatisticsShape _shape;
        private readonly GradientTask _task;
        private readonly TrainingPlan _plan;

        public Round(string exchange, int workers, int shards)
        {
            ModelShape model = new(shards, 3, 2);
            _shape = new StatisticsShape(model, HasMatrices: false, HasPredictions: false);
            _task = new GradientTask(ModelParameters.Initialize(model, 3, 1, 0.1f), new MiniBatch(0, 1, 0));
            _plan = TrainingPlan.From(Lab.Event() with { Exchange = exchange, Workers = workers }, _time.GetUtcNow());
            Pool = new StatisticsPool(_shape);
            WorkLedger ledger = new();
            Reducer = new StatisticsReducer(_plan.Run, _plan.Fingerprint, Pool, shards, ledger);
            TrainingHost host = new() { Time = _time, Background = static work => work(), Random = static () => 0.5 };
            _exchange = new RoundExchange(new RoundContext(
                _plan, "", Token: 1, _objects.Open(Lab.Output), this, "trainer", WorkerGroup.Deal(shards, workers), ledger, host));
        }

        public StatisticsPool Pool { get; }

        public StatisticsReducer Reducer { get; }

        public void Dispose() => _time.Run(() => _exchange.DisposeAsync().AsTask());

        public void Run(int number)
        {
            Reducer.Begin(number);
            _time.Run(() => _exchange.RunAsync(number, _task, Reducer, CancellationToken.None));
        }

        public async Task<InvokeOutcome> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            WorkerEvent asked = System.Text.Json.JsonSerializer.Deserialize(payload.Span, TrainingJson.Default.WorkerEvent)!;
            await Task.Delay(TimeSpan.FromMilliseconds(1000 - asked.Shards[0]), _time, CancellationToken.None);
            foreach (int shard in asked.Shards.Reverse()) Store(asked, shard);
            WorkerResult result = new()
            {
                Run = asked.Run,
                Round = asked.Round,
                Shards = asked.Shards,
                Ratings = 1,
                Milliseconds = 1,
                ColdStart = false,
                ProcessId = 1,
                Kernel = "none",
            };
            return new InvokeOutcome(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.WorkerResult), null);
        }

        public Task InvokeEventAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            _ = InvokeAsync(function, payload, cancellationToken);
            return Task.CompletedTask;
        }

        private void Store(WorkerEvent asked, int shard)
        {
            ShardStatistics statistics = new(_shape);
            statistics.Reset(shard, userFirst: shard, users: 1, testRatings: 0);
            statistics.ItemBiases[0] = shard;
            WorkNotes notes = new(asked.Run, asked.Round, asked.Fingerprint, ColdStart: false, Milliseconds: 1, Puts: 1, Gets: 1, Loaded: 0, Computed: 1);
            _objects[$"{Lab.Output}/{new RoundKeys(asked.Run, asked.Token, asked.Round).Statistics(shard)}"] =
                Stored.Of(statistics, notes.ToMetadata());
        }
    }
}
