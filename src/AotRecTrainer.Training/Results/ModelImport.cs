using System.Globalization;
using System.Text.Json;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Results;

/// <summary>Reads a saved model as the start of another training (a warm start).</summary>
internal static class ModelImport
{
    /// <summary>
    /// Overwrites rows of <paramref name="start"/> whose original id the saved model knows; others keep their random start. The
    /// global mean stays that of the new data set.
    /// </summary>
    /// <exception cref="TrainingInputException">There is no model, it is damaged, or its factors are not as many.</exception>
    public static async Task LoadAsync(
        TrainingHost host, string location, ModelParameters start, EntityTable users, EntityTable items, CancellationToken cancellationToken)
    {
        using IObjectStore store = host.Open("initialModel", location);
        byte[] json = await store.GetAsync("model.json", cancellationToken)
            ?? throw new TrainingInputException($"initialModel: {location} has no model.json");
        ModelDescription description = Parse(json, location);
        if (description.Factors != start.Shape.Factors)
            throw new TrainingInputException($"initialModel has {description.Factors} factors, expected {start.Shape.Factors}");
        await LoadTableAsync(store, description.UserFactors, users.Ids, start.UserFactors, start.UserBiases, cancellationToken);
        await LoadTableAsync(store, description.ItemFactors, items.Ids, start.ItemFactors, start.ItemBiases, cancellationToken);
    }

    private static ModelDescription Parse(byte[] json, string location)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TrainingJson.Default.ModelDescription)
                ?? throw new TrainingInputException($"initialModel: model.json of {location} is null");
        }
        catch (JsonException problem)
        {
            throw new TrainingInputException($"initialModel: model.json of {location}: {problem.Message}", problem);
        }
    }

    private static async Task LoadTableAsync(
        IObjectStore store, string key, long[] ids, float[] factors, float[] biases, CancellationToken cancellationToken)
    {
        byte[] content = await store.GetAsync(key, cancellationToken)
            ?? throw new TrainingInputException($"initialModel: {key} is missing in {store.Location}");
        Dictionary<long, int> rowOfId = new(ids.Length);
        for (int row = 0; row < ids.Length; row++) rowOfId[ids[row]] = row;
        try
        {
            using ParquetReader reader = new(new MemoryStream(content, writable: false));
            foreach (RecordBatch batch in reader.ReadBatches())
            {
                using (batch) LoadRows(batch, rowOfId, factors, biases);
            }
        }
        catch (Exception problem) when (problem is ParquetFormatException or ArgumentException or InvalidOperationException)
        {
            throw new TrainingInputException($"initialModel: {key}: {problem.Message}", problem);
        }
    }

    private static void LoadRows(RecordBatch batch, Dictionary<long, int> rowOfId, float[] factors, float[] biases)
    {
        int length = factors.Length / Math.Max(biases.Length, 1);
        ReadOnlySpan<long> ids = batch["id"].Values<long>();
        ReadOnlySpan<float> saved = batch["bias"].Values<float>();
        for (int i = 0; i < ids.Length; i++)
        {
            if (rowOfId.TryGetValue(ids[i], out int row)) biases[row] = saved[i];
        }

        for (int factor = 0; factor < length; factor++)
        {
            ReadOnlySpan<float> column = batch["factor_" + factor.ToString(CultureInfo.InvariantCulture)].Values<float>();
            for (int i = 0; i < ids.Length; i++)
            {
                if (rowOfId.TryGetValue(ids[i], out int row)) factors[(row * length) + factor] = column[i];
            }
        }
    }
}
