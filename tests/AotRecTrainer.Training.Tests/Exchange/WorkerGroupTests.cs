using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Training.Tests.Exchange;

public sealed class WorkerGroupTests
{
    [Fact]
    public void Deal_AnyNumbers_GivesEveryShardToOneWorkerInContiguousRunsOfAlmostEqualLength()
    {
        for (int shards = 1; shards <= 40; shards++)
        {
            for (int workers = 1; workers <= 45; workers++)
            {
                WorkerGroup[] groups = WorkerGroup.Deal(shards, workers);
                Assert.Equal(Math.Min(shards, workers), groups.Length);
                Assert.Equal(Enumerable.Range(0, shards), groups.SelectMany(group => group.Shards));
                Assert.InRange(groups.Max(group => group.Shards.Length) - groups.Min(group => group.Shards.Length), 0, 1);
            }
        }
    }
}
