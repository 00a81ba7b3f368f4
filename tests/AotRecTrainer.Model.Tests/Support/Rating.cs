namespace AotRecTrainer.Model.Tests.Support;

/// <summary>One rating, by indices.</summary>
internal readonly record struct Rating(int User, int Item, float Value);
