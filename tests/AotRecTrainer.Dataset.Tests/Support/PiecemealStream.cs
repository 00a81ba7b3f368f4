namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>Bytes that come in pieces of one size, as from a pipe.</summary>
internal sealed class PiecemealStream(byte[] bytes, int piece) : MemoryStream(bytes, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
}
