namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>What the time of a run goes into.</summary>
internal enum Part
{
    /// <summary>Beginning the run and saving its model.</summary>
    Start,

    /// <summary>Reading and decoding ratings, and the task.</summary>
    Load,

    /// <summary>Computing statistics.</summary>
    Compute,

    /// <summary>Encoding and storing statistics.</summary>
    Write,

    /// <summary>Storing the task, starting workers, invocations; and what there is to wait for of the store.</summary>
    Wait,

    /// <summary>Reading statistics and adding them up.</summary>
    Reduce,

    /// <summary>Changing the parameters, and what is written down between rounds.</summary>
    Step,
}
