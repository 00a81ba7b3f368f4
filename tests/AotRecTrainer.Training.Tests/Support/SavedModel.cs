using System.Globalization;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Tests.Support;

/// <summary>Reads the model that a run has saved, as its tables say.</summary>
internal static class SavedModel
{
    public static ModelParameters Read(Lab lab, string run)
    {
        ModelDescription description = lab.Model(run);
        ModelParameters model = new(new ModelShape(description.Users, description.Items, description.Factors), description.GlobalMean);
        Fill(lab.Objects[$"{Lab.Output}/{run}/model/{description.UserFactors}"]!, model.UserFactors, model.UserBiases);
        Fill(lab.Objects[$"{Lab.Output}/{run}/model/{description.ItemFactors}"]!, model.ItemFactors, model.ItemBiases);
        return model;
    }

    /// <summary>Original ids in the order of indices.</summary>
    public static long[] Ids(Lab lab, string run, string table)
    {
        using ParquetReader reader = new(new MemoryStream(lab.Objects[$"{Lab.Output}/{run}/model/{table}"]!));
        List<long> ids = [];
        foreach (RecordBatch batch in reader.ReadBatches())
        {
            using (batch) ids.AddRange(batch["id"].Values<long>());
        }

        return [.. ids];
    }

    private static void Fill(byte[] content, float[] factors, float[] biases)
    {
        int length = factors.Length / biases.Length;
        int first = 0;
        using ParquetReader reader = new(new MemoryStream(content));
        foreach (RecordBatch batch in reader.ReadBatches())
        {
            using (batch)
            {
                batch["bias"].Values<float>().CopyTo(biases.AsSpan(first));
                for (int f = 0; f < length; f++)
                {
                    ReadOnlySpan<float> column = batch["factor_" + f.ToString(CultureInfo.InvariantCulture)].Values<float>();
                    for (int i = 0; i < column.Length; i++) factors[((first + i) * length) + f] = column[i];
                }

                first += batch.Length;
            }
        }

        Assert.Equal(biases.Length, first);
    }
}
