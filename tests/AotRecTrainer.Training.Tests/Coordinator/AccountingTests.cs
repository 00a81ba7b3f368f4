using System.Runtime.InteropServices;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Results;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Coordinator;

public sealed class AccountingTests
{
    [Theory]
    [InlineData(0, "await")]
    [InlineData(1, "await")]
    [InlineData(3, "await")]
    [InlineData(3, "poll")]
    public void Requests_OfARunWithoutTrouble_AreWhatTheStoreCounted(int workers, string exchange)
    {
        using Lab lab = new();
        CoordinatorResult result = lab.Train(Lab.Event() with { Workers = workers, Exchange = exchange, CheckpointEvery = 2 });
        Assert.Equal(Writes(lab), result.Requests!.Put);
        Assert.Equal(lab.Objects.Count("get"), result.Requests!.Get);
        Assert.Equal(lab.Objects.Count("list"), result.Requests!.List);
        Assert.Equal(lab.Objects.Count("delete"), result.Requests!.Delete);
        Assert.Equal(lab.Functions.Asked.Count, result.Requests!.Invoke);
    }

    [Theory]
    [InlineData("await")]
    [InlineData("poll")]
    public void Requests_OfASecondRunInWarmFunctions_AreItsOwn(string exchange)
    {
        using Lab lab = new();
        lab.Train(Lab.Event() with { Exchange = exchange });
        lab.Objects.Calls.Clear();
        lab.Functions.Asked.Clear();
        CoordinatorResult result = lab.Train(Lab.Event("b-run") with { Exchange = exchange });
        Assert.Equal(0, result.ColdStarts);
        Assert.Equal(Writes(lab), result.Requests!.Put);
        Assert.Equal(lab.Objects.Count("get"), result.Requests!.Get);
        Assert.Equal(lab.Functions.Asked.Count, result.Requests!.Invoke);
    }

    [Theory]
    [InlineData("await")]
    [InlineData("poll")]
    public void CostUsd_OfARun_IsThePriceOfWhatItNeeded(string exchange)
    {
        using Lab lab = new();
        CoordinatorResult result = lab.Train(Lab.Event() with { Exchange = exchange });
        Assert.True(result.BilledGbSeconds >= result.WallSeconds * Lab.Memory / 1024);
        LambdaPrices lambda = LambdaPrices.Of(RuntimeInformation.ProcessArchitecture);
        double cost = (result.BilledGbSeconds!.Value * lambda.GbSecond) + ((result.Requests!.Invoke + 1) * 0.0000002)
            + ((result.Requests!.Put + result.Requests!.List) * 0.000005) + (result.Requests!.Get * 0.0000004);
        Assert.Equal(cost, result.CostUsd!.Value, 1e-12);
        Assert.Equal(Lab.Memory, result.MemoryMegabytes);
        Assert.Equal(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x86_64", result.Architecture);
    }

    private static int Writes(Lab lab) => lab.Objects.Count("put") + lab.Objects.Count("create") + lab.Objects.Count("replace");

    [Fact]
    public void Rounds_OnceTheyAreOver_LeaveNothingBehind()
    {
        using Lab lab = new();
        int most = 0;
        lab.Objects.Before = (call, _) =>
        {
            if (call.Operation == "put" && call.Key.Contains("/parameters.", StringComparison.Ordinal))
                most = Math.Max(most, lab.KeysOf("a-run").Count(key => key.StartsWith("rounds/", StringComparison.Ordinal)));
            return ValueTask.CompletedTask;
        };
        lab.Train(Lab.Event() with { BatchesPerEpoch = 2, Exchange = "poll" });
        Assert.Equal(0, most);
    }
}
