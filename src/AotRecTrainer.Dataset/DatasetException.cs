namespace AotRecTrainer.Dataset;

/// <summary>A stored data set is missing, damaged or not what its manifest says; the message names the object and both values.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>Creates the exception with a one-line message.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a one-line message and the error of the format below.</summary>
    public DatasetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
