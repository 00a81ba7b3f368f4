using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>One rating with the ids that the file has.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RatingRow(long User, long Item, float Rating, long Timestamp);
