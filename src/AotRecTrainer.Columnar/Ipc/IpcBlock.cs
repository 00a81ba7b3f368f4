namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Where a message lies in a file.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="MetadataLength">Bytes before its body: the mark, the length and what they announce.</param>
/// <param name="BodyLength">Bytes of its body.</param>
internal readonly record struct IpcBlock(long Offset, int MetadataLength, long BodyLength);
