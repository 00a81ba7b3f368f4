using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Bayesian;

public sealed class BayesianAlgorithmTests
{
    private static readonly Ratings Small = Planted.Rank(factors: 2, users: 50, items: 30, density: 0.4, noise: 0.5, seed: 21);

    [Fact]
    public void Chain_OnPlantedData_ComesWithin2_5PercentOfTheNoiseFloor()
    {
        const double Noise = 0.5;
        Ratings data = Planted.Rank(factors: 3, users: 600, items: 300, density: 0.5, Noise, seed: 31);
        BayesianAlgorithm chain = Make.Bayesian(data, factors: 3, burnIn: 15);
        double rmse = new Rounds(chain, data, kernels: ShardAlgorithms.Best).Train(60).TestRmse;

        // The planted model's own error on these very ratings is the floor up to its sampling error, which the margin covers.
        Assert.InRange(rmse, 0, 1.025 * Noise);
        Assert.InRange(1 / Math.Sqrt(chain.NoisePrecision), 0.97 * Noise, 1.03 * Noise);
    }

    [Fact]
    public void Errors_AfterBurnIn_AreThoseOfTheAverageOverTheSamples()
    {
        BayesianAlgorithm chain = Make.Bayesian(Small, factors: 3, burnIn: 4);
        Rounds rounds = new(chain, Small);
        List<ModelParameters> samples = [];
        for (int round = 1; round <= 12; round++)
        {
            ErrorSums errors = rounds.Measure();
            if (chain.Sample is { } sample) samples.Add(sample.Copy());
            Assert.Equal(round <= 4, chain.Sample is null);
            Assert.Equal(Averaged(samples.Count == 0 ? [chain.Parameters] : samples), errors.TestSquared, 1e-4 * errors.TestSquared);
            rounds.Step();
        }
    }

    [Fact]
    public void Result_AfterBurnIn_IsTheMeanOfTheSamples()
    {
        BayesianAlgorithm chain = Make.Bayesian(Small, factors: 2, burnIn: 2);
        Rounds rounds = new(chain, Small);
        rounds.Run();
        Assert.Same(chain.Parameters, chain.Result);
        List<ModelParameters> samples = [];
        AddSamples(rounds, chain, samples, count: 6);
        Assert.Equal(5, samples.Count);
        ModelParameters mean = chain.Result;
        double[] expected = [.. Enumerable.Range(0, mean.ItemFactors.Length).Select(i => samples.Average(sample => (double)sample.ItemFactors[i]))];
        Close.Equal(expected, mean.ItemFactors, 1e-5, "item factors");
        expected = [.. Enumerable.Range(0, mean.UserBiases.Length).Select(i => samples.Average(sample => (double)sample.UserBiases[i]))];
        Close.Equal(expected, mean.UserBiases, 1e-5, "user biases");
    }

    [Fact]
    public void Restore_InTheMiddle_GoesOnToTheSameBits()
    {
        BayesianAlgorithm whole = Make.Bayesian(Small, factors: 3, burnIn: 3);
        Rounds rounds = new(whole, Small);
        for (int round = 0; round < 6; round++) rounds.Run();
        BayesianAlgorithm second = Make.Bayesian(Small, factors: 3, burnIn: 3);
        second.Restore(whole.Parameters.Copy(), whole.State.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal));
        ErrorSums expected = rounds.Run();

        // The restored one has to be told the number of its round, as the training does.
        RoundTask task = second.Begin(round: 7, part: 0);
        StatisticsSum sum = Rounds.Sum(task, Small.ToShards(3), Small.Users, Rounds.Scalar);
        Assert.Equal(expected, second.Complete(sum));
        second.Step(sum);
        Assert.Equal(whole.Parameters.Sha256(), second.Parameters.Sha256());
        Assert.Equal(whole.Result.Sha256(), second.Result.Sha256());
    }

    [Fact]
    public void Draws_OtherSeed_OtherChain()
    {
        BayesianAlgorithm first = Make.Bayesian(Small, factors: 2, burnIn: 1, seed: 1);
        BayesianAlgorithm second = Make.Bayesian(Small, factors: 2, burnIn: 1, seed: 2);
        new Rounds(first, Small).Train(2);
        new Rounds(second, Small).Train(2);
        Assert.NotEqual(first.Parameters.Sha256(), second.Parameters.Sha256());
    }

    private static void AddSamples(Rounds rounds, BayesianAlgorithm chain, List<ModelParameters> samples, int count)
    {
        for (int round = 0; round < count; round++)
        {
            rounds.Measure();
            if (chain.Sample is { } sample) samples.Add(sample.Copy());
            rounds.Step();
        }
    }

    private static double Averaged(List<ModelParameters> samples) => Small.Test.Sum(rating =>
    {
        double mean = samples.Average(sample => Oracle.Predict(sample, rating.User, rating.Item));
        return Math.Pow(rating.Value - Math.Clamp(mean, Small.Low, Small.High), 2);
    });
}
