using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>The fields of one line.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ParsedRating
{
    public long UserId;
    public long ItemId;
    public float Rating;
    public long Timestamp;
}
