namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>Numbers of the random streams; changing one changes every synthetic file.</summary>
internal static class SyntheticStream
{
    public const uint Activity = 1;
    public const uint Popularity = 2;
    public const uint Selection = 3;
    public const uint Coverage = 4;
    public const uint UserBias = 5;
    public const uint ItemBias = 6;
    public const uint UserFactor = 7;
    public const uint ItemFactor = 8;
    public const uint Noise = 9;
    public const uint Time = 10;
}
