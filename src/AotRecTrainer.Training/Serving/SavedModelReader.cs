using System.Text.Json;
using AotRecTrainer.Model;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Serving;

/// <summary>Reads a saved model and holds it against its own description: sizes, digest, no number that is not finite.</summary>
public static class SavedModelReader
{
    private const string DescriptionKey = "model.json";

    /// <summary>Reads the model whose folder the store is rooted at.</summary>
    /// <exception cref="TrainingInputException">There is no model, or it is damaged.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<SavedModel> ReadAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ModelDescription description = await ReadDescriptionAsync(store, cancellationToken);
        FactorTable users = await ReadTableAsync(store, description.UserFactors, description.Users, description.Factors, cancellationToken);
        FactorTable items = await ReadTableAsync(store, description.ItemFactors, description.Items, description.Factors, cancellationToken);
        ModelParameters parameters = ToParameters(description, users, items);
        string digest = parameters.Sha256();
        if (digest != description.ParametersSha256)
            throw new TrainingInputException($"the parameters at {store.Location} have the digest {digest}, {DescriptionKey} says {description.ParametersSha256}");
        if (!parameters.IsFinite()) throw new TrainingInputException($"the model at {store.Location} has a parameter that is not finite");
        ModelParameters[] samples = description.Samples is { Length: > 0 } keys
            ? await Task.WhenAll(keys.Select(key => ReadSampleAsync(store, key, parameters.Shape, cancellationToken)))
            : [parameters];
        return new SavedModel(description, parameters, samples, new ModelEntities(users.Entities), new ModelEntities(items.Entities));
    }

    /// <summary>Reads <c>model.json</c> alone.</summary>
    /// <exception cref="TrainingInputException">There is none, or it is damaged.</exception>
    public static async Task<ModelDescription> ReadDescriptionAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        byte[] json = await store.GetAsync(DescriptionKey, cancellationToken)
            ?? throw new TrainingInputException($"{store.Location} has no {DescriptionKey}: not a model, or one that was not finished");
        try
        {
            ModelDescription description = JsonSerializer.Deserialize(json, TrainingJson.Default.ModelDescription)
                ?? throw new TrainingInputException($"{DescriptionKey} of {store.Location} is null");
            return description.Factors is >= 1 and <= ModelShape.FactorsMax && description.Users >= 0 && description.Items >= 0
                ? description
                : throw new TrainingInputException(
                    $"{DescriptionKey} of {store.Location}: {description.Users} users, {description.Items} items and {description.Factors} factors");
        }
        catch (JsonException problem)
        {
            throw new TrainingInputException($"{DescriptionKey} of {store.Location}: {problem.Message}", problem);
        }
    }

    private static async Task<FactorTable> ReadTableAsync(
        IObjectStore store, string key, int rows, int factors, CancellationToken cancellationToken) =>
        FactorTable.Read(await GetAsync(store, key, cancellationToken), key, rows, factors);

    private static async Task<ModelParameters> ReadSampleAsync(IObjectStore store, string key, ModelShape shape, CancellationToken cancellationToken)
    {
        try
        {
            ModelParameters sample = ParameterSerializer.Read(await GetAsync(store, key, cancellationToken), key);
            return sample.Shape == shape && sample.IsFinite()
                ? sample
                : throw new TrainingInputException($"{key}: a sample of shape {sample.Shape}, expected finite parameters of {shape}");
        }
        catch (ModelException problem)
        {
            throw new TrainingInputException(problem.Message, problem);
        }
    }

    private static async Task<byte[]> GetAsync(IObjectStore store, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(key, cancellationToken) ?? throw new TrainingInputException($"{key} is missing in {store.Location}");
        }
        catch (ArgumentException problem)
        {
            throw new TrainingInputException($"{DescriptionKey} of {store.Location} names a key that is none: {problem.Message}", problem);
        }
    }

    private static ModelParameters ToParameters(ModelDescription description, FactorTable users, FactorTable items)
    {
        ModelParameters parameters = new(new ModelShape(description.Users, description.Items, description.Factors), description.GlobalMean);
        users.Factors.CopyTo(parameters.UserFactors, 0);
        users.Biases.CopyTo(parameters.UserBiases, 0);
        items.Factors.CopyTo(parameters.ItemFactors, 0);
        items.Biases.CopyTo(parameters.ItemBiases, 0);
        return parameters;
    }
}
