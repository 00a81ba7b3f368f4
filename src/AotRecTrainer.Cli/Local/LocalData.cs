using AotRecTrainer.Dataset;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Cli.Local;

/// <summary>A look at the data set before anything is started or written for it.</summary>
internal static class LocalData
{
    /// <exception cref="CliException">There is no data set at the location, or its manifest is damaged.</exception>
    public static async Task CheckAsync(string location, CancellationToken cancellationToken)
    {
        try
        {
            (await ShardCache.OpenAsync(location, cancellationToken)).Dispose();
        }
        catch (DatasetException problem)
        {
            throw new CliException($"--dataset {location}: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }
}
