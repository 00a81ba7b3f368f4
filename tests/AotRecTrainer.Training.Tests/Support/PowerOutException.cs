namespace AotRecTrainer.Training.Tests.Support;

/// <summary>The machine is gone: nothing that catches failures of the world catches this.</summary>
internal sealed class PowerOutException() : Exception("power out");
