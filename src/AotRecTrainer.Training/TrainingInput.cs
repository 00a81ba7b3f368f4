using AotRecTrainer.Dataset;
using AotRecTrainer.Model;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training;

/// <summary>Checks at the border, shared by both roles.</summary>
public static class TrainingInput
{
    /// <summary>True for names that are safe as one part of a key.</summary>
    public static bool IsRunName(string run) => TrainingPlan.IsRunName(run);

    /// <summary>True for failures that trying again cannot mend.</summary>
    public static bool IsPermanent(Exception problem) =>
        problem is TrainingInputException or DatasetException or ModelException or TrainingFailedException;

    /// <summary>Opens a location; <paramref name="field"/> is what the event calls it.</summary>
    /// <exception cref="TrainingInputException">The location is not one that we can read.</exception>
    public static IObjectStore OpenStore(string field, string location)
    {
        try
        {
            return ObjectStores.Open(location);
        }
        catch (ArgumentException problem)
        {
            throw new TrainingInputException($"{field} is \"{location}\": {problem.Message}", problem);
        }
    }
}
