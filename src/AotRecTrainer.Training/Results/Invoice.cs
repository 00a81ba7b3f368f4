using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Results;

/// <summary>What a run would cost on AWS, from what was counted: its own requests and time, and those in the workers' notes.</summary>
/// <param name="run">Requests to the output location.</param>
/// <param name="data">Requests to the data set's location.</param>
/// <param name="work">What the workers noted.</param>
/// <param name="elapsed">The coordinator's own time.</param>
/// <param name="memoryMegabytes">Memory of every function.</param>
internal sealed class Invoice(RequestCounts run, RequestCounts data, WorkTotals work, TimeSpan elapsed, int memoryMegabytes)
{
    public TimeSpan Elapsed => elapsed;

    public RequestTotals Requests { get; } = new(
        run.Put + data.Put + work.Puts, run.Get + data.Get + work.Gets, run.List + data.List, run.Delete + data.Delete, work.Invocations);

    public double GbSeconds => (elapsed.TotalSeconds + (work.Milliseconds / 1000)) * memoryMegabytes / 1024;

    /// <summary>In US dollars; the coordinator's own invocation is one more.</summary>
    public double CostUsd => (GbSeconds * PriceTable.GbSecond) + ((Requests.Invoke + 1) * PriceTable.Invocation)
        + ((Requests.Put + Requests.List) * PriceTable.PutOrList) + (Requests.Get * PriceTable.Get);
}
