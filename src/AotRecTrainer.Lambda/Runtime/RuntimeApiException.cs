namespace AotRecTrainer.Lambda.Runtime;

/// <summary>The Runtime API could not be reached or did not behave as documented; the process cannot go on.</summary>
public sealed class RuntimeApiException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which call failed, and how.</param>
    /// <param name="inner">The failure underneath, where there is one.</param>
    public RuntimeApiException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
