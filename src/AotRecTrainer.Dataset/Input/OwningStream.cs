namespace AotRecTrainer.Dataset.Input;

/// <summary>A stream that takes its source with it when it is disposed.</summary>
internal sealed class OwningStream(Stream inner, IDisposable source) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
