namespace AotRecTrainer.Columnar.Arrow;

/// <summary>The name and type of a column.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Nullable">Whether a value may be missing.</param>
public sealed record Field(string Name, ArrowType Type, bool Nullable = false);
