using System.Globalization;
using System.Text.Json;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Results;

/// <summary>Saves a model as two Parquet tables and, last, <c>model.json</c>: a model without the latter is not whole.</summary>
internal static class ModelExport
{
    // Made once: options belong to the context that they were given to.
    private static readonly TrainingJson Indented = new(new JsonSerializerOptions(TrainingJson.Default.Options) { WriteIndented = true });

    public static async Task SaveAsync(
        IObjectStore store, string folder, ModelDescription description, ModelParameters parameters,
        EntityTable users, EntityTable items, CancellationToken cancellationToken)
    {
        int factors = parameters.Shape.Factors;
        byte[] userTable = Table("user", users, parameters.UserBiases, parameters.UserFactors, factors);
        byte[] itemTable = Table("item", items, parameters.ItemBiases, parameters.ItemFactors, factors);
        await Task.WhenAll(
            store.PutAsync($"{folder}/{description.UserFactors}", userTable, cancellationToken).AsTask(),
            store.PutAsync($"{folder}/{description.ItemFactors}", itemTable, cancellationToken).AsTask());
        await store.PutAsync(
            $"{folder}/model.json", JsonSerializer.SerializeToUtf8Bytes(description, Indented.ModelDescription), cancellationToken);
    }

    /// <summary>One row per user or item: index, original id, title where known, training ratings, bias, factor_0 to factor_k-1.</summary>
    private static byte[] Table(string side, EntityTable entities, float[] biases, float[] factors, int factorCount)
    {
        int rows = biases.Length;
        List<Column> columns = [];
        columns.Add(Column.FromValues<int>(new Field(side, ArrowType.Int32), Enumerable.Range(0, rows).ToArray()));
        columns.Add(Column.FromValues<long>(new Field("id", ArrowType.Int64), entities.Ids));
        if (entities.Titles is { } titles) columns.Add(Column.FromStrings(new Field("title", ArrowType.Utf8, Nullable: true), titles));
        columns.Add(Column.FromValues<int>(new Field("ratings", ArrowType.Int32), entities.Ratings));
        columns.Add(Column.FromValues<float>(new Field("bias", ArrowType.Float), biases));
        float[] values = new float[rows];
        for (int factor = 0; factor < factorCount; factor++)
        {
            for (int row = 0; row < rows; row++) values[row] = factors[(row * factorCount) + factor];
            string name = "factor_" + factor.ToString(CultureInfo.InvariantCulture);
            columns.Add(Column.FromValues<float>(new Field(name, ArrowType.Float), values));
        }

        Schema schema = new([.. columns.Select(column => column.Field)]);
        using RecordBatch batch = new(schema, columns);
        using MemoryStream stream = new();
        using (ParquetWriter writer = new(stream, schema))
        {
            writer.Write(batch);
            writer.Close();
        }

        return stream.ToArray();
    }
}
