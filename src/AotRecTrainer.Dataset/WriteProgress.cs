using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset;

/// <summary>How far the writing of a data set is.</summary>
/// <param name="FilesWritten">Files written, from 1.</param>
/// <param name="Files">Files in all.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WriteProgress(int FilesWritten, int Files);
