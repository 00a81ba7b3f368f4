namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>One implementation with everything it needs, ready to run the same pass over the ratings again and again.</summary>
internal interface IContender : IDisposable
{
    /// <summary>One pass.</summary>
    void Run();

    /// <summary>Numbers in which all contenders of a family must agree closely, after a pass.</summary>
    double[] Answer();
}
