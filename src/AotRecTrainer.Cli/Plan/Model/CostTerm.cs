namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>One way in which a run takes time: so many milliseconds for each of so many things.</summary>
/// <param name="Name">Name of its coefficient in a calibration.</param>
/// <param name="Part">What the time counts as.</param>
/// <param name="Place">Who takes it.</param>
/// <param name="Unit">What the things are, for readers.</param>
/// <param name="Amount">How many of them a run has.</param>
/// <param name="WorkerAmount">How many of them a worker is paid for; null for all of a worker's, and none of others'.</param>
internal sealed record CostTerm(
    string Name, Part Part, Place Place, string Unit, Func<Work, double> Amount, Func<Work, double>? WorkerAmount = null)
{
    /// <summary>Milliseconds of a run per unit of the coefficient: the amount, stretched by the function's share of a processor.</summary>
    public double Weight(Work work, Setting setting) => Amount(work) / Stretch(setting);

    /// <summary>The same of the time that one worker is paid for.</summary>
    public double WorkerWeight(Work work, Setting setting) =>
        (WorkerAmount?.Invoke(work) ?? (Place == Place.Worker ? Amount(work) : 0)) / Stretch(setting);

    private double Stretch(Setting setting) => Place == Place.Store ? 1 : setting.Speed;
}
