using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>What the workers of a run cost, added up from their notes.</summary>
internal sealed class WorkLedger
{
    public int ColdStarts { get; private set; }

    public double Milliseconds { get; private set; }

    public long Puts { get; private set; }

    public long Gets { get; private set; }

    public long Invocations { get; set; }

    public int Retries { get; set; }

    public void Add(WorkNotes notes)
    {
        if (notes.ColdStart) ColdStarts++;
        Milliseconds += notes.Milliseconds;
        Puts += notes.Puts;
        Gets += notes.Gets;
    }
}
