using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Training.Tests.Support;

/// <summary>Errors by the plainest means.</summary>
internal static class Errors
{
    /// <summary>Of a model on the held-out ratings, predictions clipped to the scale.</summary>
    public static double TestRmse(Lab lab, ModelParameters model) => lab.Time.Run(async () =>
    {
        DatasetReader reader = await DatasetReader.OpenAsync(lab.Objects.Open(Lab.Dataset));
        double sum = 0;
        long count = 0;
        foreach (ShardEntry shard in reader.Manifest.Shards)
        {
            await foreach (RecordBatch batch in reader.ReadShardAsync(shard.Test))
            {
                using (batch)
                {
                    sum += Squares(batch, model, reader.Manifest);
                    count += batch.Length;
                }
            }
        }

        return Math.Sqrt(sum / count);
    });

    private static double Squares(RecordBatch batch, ModelParameters model, DatasetManifest manifest)
    {
        ReadOnlySpan<int> users = batch["user"].Values<int>();
        ReadOnlySpan<int> items = batch["item"].Values<int>();
        ReadOnlySpan<float> ratings = batch["rating"].Values<float>();
        int factors = model.Shape.Factors;
        double sum = 0;
        for (int i = 0; i < ratings.Length; i++)
        {
            double prediction = (double)model.GlobalMean + model.UserBiases[users[i]] + model.ItemBiases[items[i]];
            for (int f = 0; f < factors; f++) prediction += (double)model.UserFactors[(users[i] * factors) + f] * model.ItemFactors[(items[i] * factors) + f];
            double residual = ratings[i] - Math.Clamp(prediction, manifest.RatingLow, manifest.RatingHigh);
            sum += residual * residual;
        }

        return sum;
    }
}
