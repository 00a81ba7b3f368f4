namespace AotRecTrainer.Model.Statistics;

/// <summary>How the numbers of statistics are stored on their way to the coordinator.</summary>
public enum StatisticsCompression
{
    /// <summary>As they were computed, four bytes each.</summary>
    None,

    /// <summary>
    /// As halves, two bytes each, times a power of two for every array. A stored x differs from the computed one by at most
    /// 2⁻¹¹·|x| or, where that is less, by 2⁻³⁹ times the greatest magnitude of its array.
    /// </summary>
    Float16,
}
