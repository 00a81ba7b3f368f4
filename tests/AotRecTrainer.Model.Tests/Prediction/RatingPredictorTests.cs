using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Prediction;

namespace AotRecTrainer.Model.Tests.Prediction;

public sealed class RatingPredictorTests
{
    private static readonly ModelShape Shape = new(Users: 2, Items: 3, Factors: 2);

    [Fact]
    public void Predict_OneModel_IsTheFormula()
    {
        ModelParameters model = Filled(scale: 1);
        RatingPredictor predictor = new([model], noisePrecision: null, low: -100, high: 100);
        for (int user = 0; user < Shape.Users; user++)
        {
            for (int item = 0; item < Shape.Items; item++)
            {
                double expected = model.GlobalMean + model.UserBiases[user] + model.ItemBiases[item]
                    + ((double)model.UserFactors[user * 2] * model.ItemFactors[item * 2])
                    + ((double)model.UserFactors[(user * 2) + 1] * model.ItemFactors[(item * 2) + 1]);
                Assert.Equal(expected, predictor.Predict(user, item).Rating, 5);
            }
        }
    }

    [Fact]
    public void Predict_UnknownUserOrItem_KeepsWhatIsKnownOfTheOther()
    {
        ModelParameters model = Filled(scale: 1);
        RatingPredictor predictor = new([model], noisePrecision: null, low: -100, high: 100);
        Assert.Equal(model.GlobalMean + model.ItemBiases[2], predictor.Predict(user: -1, item: 2).Rating, 5);
        Assert.Equal(model.GlobalMean + model.UserBiases[1], predictor.Predict(user: 1, item: -1).Rating, 5);
        Assert.Equal(model.GlobalMean, predictor.Predict(user: -1, item: -1).Rating, 5);
    }

    [Fact]
    public void Predict_SeveralSamples_IsTheirAverageAndSpreadWithTheNoise()
    {
        ModelParameters[] samples = [Filled(scale: 1), Filled(scale: 2), Filled(scale: 4)];
        double[] each = [.. samples.Select(sample => (double)new RatingPredictor([sample], null, -100, 100).Predict(1, 2).Rating)];
        double mean = each.Average();
        double variance = each.Average(value => (value - mean) * (value - mean));
        PredictedRating predicted = new RatingPredictor(samples, noisePrecision: 4, low: -100, high: 100).Predict(1, 2);
        Assert.Equal(mean, predicted.Rating, 4);
        Assert.Equal(Math.Sqrt(variance + 0.25), predicted.Deviation, 4);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void ScoreItems_AnyUser_IsEveryPredictionUnclipped(int user)
    {
        RatingPredictor predictor = new([Filled(scale: 1), Filled(scale: 3)], noisePrecision: null, low: -100, high: 100);
        float[] scores = [7, 7, 7];
        predictor.ScoreItems(user, scores);
        for (int item = 0; item < Shape.Items; item++) Assert.Equal(predictor.Predict(user, item).Rating, scores[item], 4);
    }

    [Fact]
    public void ScoreItems_OutsideTheScale_TellsTheBestApart()
    {
        float[] scores = new float[3];
        new RatingPredictor([Filled(scale: 50)], noisePrecision: null, low: 1, high: 1.5f).ScoreItems(1, scores);
        Assert.Equal(3, scores.Distinct().Count());
    }

    [Fact]
    public void Predict_OutsideTheScale_IsClippedAfterAveraging()
    {
        ModelParameters[] samples = [Constant(1), Constant(9)];
        Assert.Equal(5, new RatingPredictor(samples, null, low: 1, high: 5).Predict(0, 0).Rating, 5);
        Assert.Equal(4.5, new RatingPredictor([Constant(0), Constant(9)], null, low: 1, high: 5).Predict(0, 0).Rating, 5);
    }

    [Fact]
    public void Predict_OneModelWithoutNoise_HasNoDeviation() =>
        Assert.True(float.IsNaN(new RatingPredictor([Filled(scale: 1)], null, 1, 5).Predict(0, 0).Deviation));

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(2, 0)]
    [InlineData(0, -2)]
    [InlineData(0, 3)]
    public void Predict_IndexOutsideTheModel_IsRefused(int user, int item) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingPredictor([Filled(scale: 1)], null, 1, 5).Predict(user, item));

    [Fact]
    public void Create_NoSamplesOrSeveralShapes_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RatingPredictor([], null, 1, 5));
        Assert.Throws<ArgumentException>(() => new RatingPredictor([Filled(scale: 1), new ModelParameters(Shape with { Users = 1 }, 3)], null, 1, 5));
    }

    private static ModelParameters Constant(float mean) => new(Shape, mean);

    private static ModelParameters Filled(float scale)
    {
        ModelParameters model = new(Shape, globalMean: 3);
        int next = 1;
        foreach (float[] values in (float[][])[model.UserFactors, model.UserBiases, model.ItemFactors, model.ItemBiases])
        {
            for (int i = 0; i < values.Length; i++) values[i] = scale * 0.1f * next++ * (next % 3 == 0 ? -1 : 1);
        }

        return model;
    }
}
