namespace AotRecTrainer.Model;

/// <summary>A stored model, checkpoint or statistics object that is not what it should be; says what was found and expected.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
