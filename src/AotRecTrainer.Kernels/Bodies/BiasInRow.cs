namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Rows with a lane to spare.</summary>
internal readonly struct BiasInRow : IBiasPlace
{
    public static bool InRow => true;
}
