using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>A Parquet file in memory.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Rows">Its rows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EncodedFile(ReadOnlyMemory<byte> Bytes, long Rows);
