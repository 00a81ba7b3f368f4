namespace AotRecTrainer.DataPrep.Display;

/// <summary>The stages of a command, as it goes through them.</summary>
internal interface IStages
{
    /// <summary>Starts the next stage.</summary>
    /// <param name="name">What is being done.</param>
    /// <returns>Takes the share done, 0 .. 1; may be called from any thread.</returns>
    IProgress<double> Begin(string name);
}
