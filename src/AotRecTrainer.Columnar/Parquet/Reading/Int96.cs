using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>A moment as Spark and Impala write it by default: the day, counted as astronomers do, and nanoseconds within it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Int96(long Nanoseconds, int JulianDay);
