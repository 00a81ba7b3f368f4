using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Results;

/// <summary>What a run would cost on AWS, from what was counted: the coordinators' own requests and time, and those in the workers' notes.</summary>
/// <param name="totals">What was counted.</param>
/// <param name="coordinators">Invocations of the coordinator.</param>
internal sealed class Invoice(RunTotals totals, int coordinators)
{
    public RequestTotals Requests { get; } = new(
        totals.Put + totals.Work.Puts, totals.Get + totals.Work.Gets, totals.List, totals.Delete, totals.Work.Invocations);

    /// <summary>In US dollars; the coordinator's own invocations are among them.</summary>
    public double CostUsd => (totals.GbSeconds * PriceTable.GbSecond) + ((Requests.Invoke + coordinators) * PriceTable.Invocation)
        + ((Requests.Put + Requests.List) * PriceTable.PutOrList) + (Requests.Get * PriceTable.Get);
}
