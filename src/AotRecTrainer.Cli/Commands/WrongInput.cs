using AotRecTrainer.Dataset;
using AotRecTrainer.Training;

namespace AotRecTrainer.Cli.Commands;

/// <summary>What the libraries call wrong input, as the command line reports it.</summary>
internal static class WrongInput
{
    /// <summary>Runs something that reads what the user named.</summary>
    /// <exception cref="CliException">The input is wrong.</exception>
    public static async Task<T> ReportedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception problem) when (problem is TrainingInputException or DatasetException)
        {
            throw new CliException(problem.Message, ExitCode.WrongInput, problem);
        }
    }
}
