using System.Buffers.Binary;

namespace AotRecTrainer.Lambda.Logs;

/// <summary>
/// The frame in which the platform's telemetry descriptor takes a record, so that one of several lines stays one: kind (4 bytes),
/// length (4), microseconds since 1970 (8), all big-endian, then the record.
/// </summary>
internal static class TelemetryFrame
{
    private const int HeaderBytes = 16;
    private const uint JsonKind = 0xa55a0002;
    private const uint TextKind = 0xa55a0003;

    public static byte[] Create(bool isJson, DateTimeOffset time, ReadOnlySpan<byte> record)
    {
        byte[] frame = new byte[HeaderBytes + record.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, isJson ? JsonKind : TextKind);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)record.Length);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(8), (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        record.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }
}
