using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Serving;

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
        SavedModel model;
        try
        {
            model = await SavedModelReader.ReadAsync(store, cancellationToken);
        }
        catch (TrainingInputException problem)
        {
            throw new TrainingInputException($"initialModel: {problem.Message}", problem);
        }

        ModelParameters saved = model.Parameters;
        if (saved.Shape.Factors != start.Shape.Factors)
            throw new TrainingInputException($"initialModel has {saved.Shape.Factors} factors, expected {start.Shape.Factors}");
        Load(users.Ids, model.Users, saved.UserFactors, saved.UserBiases, start.UserFactors, start.UserBiases);
        Load(items.Ids, model.Items, saved.ItemFactors, saved.ItemBiases, start.ItemFactors, start.ItemBiases);
    }

    private static void Load(EntityIds ids, ModelEntities known, float[] savedFactors, float[] savedBiases, float[] factors, float[] biases)
    {
        int length = factors.Length / Math.Max(biases.Length, 1);
        for (int row = 0; row < ids.Count; row++)
        {
            if (known.IndexOf(ids[row]) is not (>= 0 and int saved)) continue;
            savedFactors.AsSpan(saved * length, length).CopyTo(factors.AsSpan(row * length));
            biases[row] = savedBiases[saved];
        }
    }
}
