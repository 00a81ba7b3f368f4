using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Which columns of an input are which, from 0.</summary>
/// <param name="User">The column of user ids.</param>
/// <param name="Item">The column of item ids.</param>
/// <param name="Rating">The column of ratings.</param>
/// <param name="Timestamp">The column of timestamps; -1 when there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ColumnPlaces(int User, int Item, int Rating, int Timestamp);
