namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Rows filled to the last lane by factors.</summary>
internal readonly struct BiasBeside : IBiasPlace
{
    public static bool InRow => false;
}
