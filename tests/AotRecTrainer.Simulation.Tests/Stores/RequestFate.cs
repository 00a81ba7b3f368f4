namespace AotRecTrainer.Simulation.Tests.Stores;

/// <summary>What becomes of one request to the store.</summary>
/// <param name="There">Time until it has its effect.</param>
/// <param name="Back">Time from then until the answer.</param>
/// <param name="IsRefused">It fails and changes nothing.</param>
/// <param name="IsAnswerLost">It is carried out and reported as failed.</param>
internal readonly record struct RequestFate(TimeSpan There, TimeSpan Back, bool IsRefused, bool IsAnswerLost);
