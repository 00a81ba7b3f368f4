using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace AotRecTrainer.Cli.Commands;

/// <summary>Options that are numbers, with a complaint in words where the library's own names the runtime's types.</summary>
internal static class NumberOption
{
    /// <summary>An option that is null when it is not given.</summary>
    public static Option<T?> Create<T>(string name, string description)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = HelpName<T>(),
            CustomParser = parsed => Parse<T>(name, parsed),
        };

    /// <summary>An option with a value when it is not given.</summary>
    public static Option<T> Create<T>(string name, string description, T otherwise)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = HelpName<T>(),
            DefaultValueFactory = _ => otherwise,
            CustomParser = parsed => Parse<T>(name, parsed) ?? otherwise,
        };

    private static string HelpName<T>() => IsWhole<T>() ? "N" : "X";

    private static bool IsWhole<T>() => typeof(T) == typeof(int) || typeof(T) == typeof(long);

    private static T? Parse<T>(string name, ArgumentResult parsed)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string text = parsed.Tokens[0].Value;
        NumberStyles styles = IsWhole<T>() ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out T value)) return value;
        parsed.AddError($"{name} is '{text}', expected {(IsWhole<T>() ? $"a whole number up to {T.MaxValue}" : "a number")}");
        return null;
    }
}
