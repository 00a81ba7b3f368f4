using System.Runtime.InteropServices;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Results;

/// <summary>What a run would cost on AWS, from what was counted: the coordinators' own requests and time, and those in the workers' notes.</summary>
/// <param name="totals">What was counted.</param>
/// <param name="coordinators">Invocations of the coordinator.</param>
/// <param name="architecture">The functions' processor.</param>
internal sealed class Invoice(RunTotals totals, int coordinators, Architecture architecture)
{
    /// <summary>Of functions like this one: coordinator and workers run the same image.</summary>
    public Invoice(RunTotals totals, int coordinators)
        : this(totals, coordinators, RuntimeInformation.ProcessArchitecture)
    {
    }

    public RequestTotals Requests { get; } = new(
        totals.Put + totals.Work.Puts, totals.Get + totals.Work.Gets, totals.List, totals.Delete, totals.Work.Invocations);

    /// <summary>The processor as Lambda names it.</summary>
    public string ArchitectureName => architecture == Architecture.Arm64 ? "arm64" : "x86_64";

    /// <summary>In US dollars; the coordinator's own invocations are among them.</summary>
    public double CostUsd => LambdaPrices.Of(architecture).Of(totals.GbSeconds, Requests.Invoke + coordinators)
        + PriceTable.S3Standard.Of(Requests.Put + Requests.List, Requests.Get);
}
