namespace AotRecTrainer.DataPrep.Inspection;

/// <summary>A rating with the ids and the title that people know.</summary>
/// <param name="User">The original id of the user.</param>
/// <param name="Item">The original id of the item.</param>
/// <param name="Rating">The rating.</param>
/// <param name="Time">Its timestamp as a date where it can be one; empty without.</param>
/// <param name="Title">The title of the item; empty when unknown.</param>
internal sealed record SampleRow(string User, string Item, float Rating, string Time, string Title);
