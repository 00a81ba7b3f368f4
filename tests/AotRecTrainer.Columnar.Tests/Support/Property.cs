using FsCheck;
using FsCheck.Fluent;

namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>Holds a claim against generated values; a failure prints the smallest one found and the seed.</summary>
internal static class Property
{
    public static void Holds<T>(Action<T> claim) => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<T>(claim));
}
