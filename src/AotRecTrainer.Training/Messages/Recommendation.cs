namespace AotRecTrainer.Training.Messages;

/// <summary>One recommended item.</summary>
/// <param name="Item">Original id.</param>
/// <param name="Title">Title; null where it is unknown.</param>
/// <param name="Score">The predicted rating within the scale, or the cosine to the item that was asked for.</param>
public sealed record Recommendation(string Item, string? Title, float Score);
