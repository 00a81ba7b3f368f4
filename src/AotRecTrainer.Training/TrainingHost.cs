using AotRecTrainer.Storage;

namespace AotRecTrainer.Training;

/// <summary>What a role takes from the process that it runs in: doors to the world that a simulation can put its own behind.</summary>
public sealed record TrainingHost
{
    /// <summary>Opens a location (<c>s3://bucket/prefix</c>, <c>file:///dir</c>); the role disposes the store.</summary>
    /// <exception cref="ArgumentException">Not such a location.</exception>
    public Func<string, IObjectStore> OpenStore { get; init; } = ObjectStores.Open;

    /// <summary>Time of day, durations and pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes notes for the operator, a line each; may be called from several threads.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    /// <summary>Starts work that goes on beside a run's rounds, on a thread of its own where there are several; the task is the work's.</summary>
    public Func<Func<Task>, Task> Background { get; init; } = Task.Run;

    /// <summary>Numbers in [0, 1) that spread out pauses. Nothing that a run computes depends on them.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>The function that workers are invoked as when an event names none; null is the coordinator's own.</summary>
    public string? WorkerFunction { get; init; }

    /// <summary>Opens a location; <paramref name="field"/> is what the event calls it.</summary>
    /// <exception cref="TrainingInputException">The location is not one that we can read.</exception>
    internal IObjectStore Open(string field, string location)
    {
        try
        {
            return OpenStore(location);
        }
        catch (ArgumentException problem)
        {
            throw new TrainingInputException($"{field} is \"{location}\": {problem.Message}", problem);
        }
    }
}
