namespace AotRecTrainer.Storage.S3;

/// <summary>What a failed attempt means for the next one.</summary>
internal enum Fault
{
    /// <summary>It would fail again.</summary>
    Lasting,

    /// <summary>Refused for now, and certainly not carried out.</summary>
    Refused,

    /// <summary>It broke off: whether it was carried out is unknown.</summary>
    Unknown,
}
