using AotRecTrainer.Dataset;
using AotRecTrainer.Model;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training;

/// <summary>Checks at the border, shared by both roles.</summary>
public static class TrainingInput
{
    /// <summary>True for names that are safe as one part of a key.</summary>
    public static bool IsRunName(string run) => TrainingPlan.IsRunName(run);

    /// <summary>True for failures that trying again cannot mend.</summary>
    public static bool IsPermanent(Exception problem) =>
        problem is TrainingInputException or DatasetException or TrainingFailedException or ModelException { IsDivergence: true };
}
