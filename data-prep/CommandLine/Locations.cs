using AotRecTrainer.Dataset.Input;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>Opens what the user names.</summary>
internal static class Locations
{
    /// <summary>Opens the store at a location.</summary>
    /// <param name="option">The option or argument that named it, for the message.</param>
    /// <param name="location">The location.</param>
    /// <exception cref="InputException">It is not a location.</exception>
    public static IObjectStore Open(string option, string location)
    {
        try
        {
            return ObjectStores.Open(location);
        }
        catch (ArgumentException error)
        {
            throw Wrong(option, error);
        }
    }

    /// <summary>Finds the ratings at a location.</summary>
    /// <inheritdoc cref="Open"/>
    public static async Task<RatingsSource> FindAsync(string option, string location, CancellationToken cancellationToken)
    {
        try
        {
            return await RatingsSource.FindAsync(location, cancellationToken);
        }
        catch (ArgumentException error)
        {
            throw Wrong(option, error);
        }
    }

    // The runtime appends the name of a parameter, which means nothing to the user.
    private static InputException Wrong(string option, ArgumentException error)
    {
        int suffix = error.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return new InputException($"{option}: {(suffix < 0 ? error.Message : error.Message[..suffix])}");
    }
}
