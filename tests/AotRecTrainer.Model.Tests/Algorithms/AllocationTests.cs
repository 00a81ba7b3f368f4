using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Algorithms;

public sealed class AllocationTests
{
    private static readonly Ratings Data = Planted.Rank(factors: 2, users: 80, items: 50, density: 0.3, noise: 0.3, seed: 18);

    public static TheoryData<string, string> Every
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string name in Make.Algorithms)
            {
                foreach (string kernel in name == "batch-gradient"
                    ? GradientKernels.Available.Select(body => body.Name) : EquationKernels.Available.Select(body => body.Name))
                    data.Add(name, kernel);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void Compute_AfterTheFirstRound_AllocatesNothing(string name, string kernel)
    {
        ShardAlgorithms kernels = name == "batch-gradient"
            ? new(GradientKernels.Select(kernel), EquationKernels.Select("scalar"))
            : new(GradientKernels.Select("scalar"), EquationKernels.Select(kernel));
        ITrainingAlgorithm algorithm = Make.Algorithm(name, Data, factors: 10);
        ShardData[] shards = Data.ToShards(3);
        RoundTask task = algorithm.Begin(round: 1, part: 0);
        ShardStatistics statistics = new(task.ShapeFor(Data.Users));
        using IShardAlgorithm worker = kernels.Create(task);
        worker.Begin(task);
        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round()
        {
            for (int shard = 0; shard < shards.Length; shard++) worker.Compute(shard, shards[shard], statistics);
        }
    }
}
