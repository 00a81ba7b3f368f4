namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Where item biases live: a type, so that the compiler drops the branch that is not taken.</summary>
internal interface IBiasPlace
{
    /// <summary>True when the last lane of the row carries the bias; false when biases have an array of their own.</summary>
    static abstract bool InRow { get; }
}
