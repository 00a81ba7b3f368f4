namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>How the learning rate goes over the epochs: a rise in equal steps at first, then constant or a half cosine down to zero.</summary>
/// <param name="WarmupEpochs">Epochs of the rise; 0 starts at the full rate.</param>
/// <param name="IsCosine">True for the way down (Loshchilov and Hutter 2017), false to stay.</param>
/// <param name="Epochs">Epochs of the run, at least 1.</param>
public sealed record LearningRateSchedule(int WarmupEpochs, bool IsCosine, int Epochs)
{
    /// <summary>The full rate from the first epoch to the last.</summary>
    public static LearningRateSchedule Constant { get; } = new(0, IsCosine: false, 1);

    /// <summary>Share of the full rate in an epoch, from 0.</summary>
    public float At(int epoch)
    {
        if (epoch < WarmupEpochs) return (epoch + 1f) / (WarmupEpochs + 1);
        if (!IsCosine) return 1;
        double done = (double)(epoch - WarmupEpochs) / Math.Max(Epochs - WarmupEpochs, 1);
        return (float)(0.5 * (1 + Math.Cos(Math.PI * Math.Min(done, 1))));
    }
}
