using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>Opens what the user names.</summary>
internal static class Stores
{
    /// <summary>Opens a location.</summary>
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
            // The runtime appends the name of a parameter, which means nothing to the user.
            string message = error.Message;
            int suffix = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
            throw new InputException($"{option}: {(suffix < 0 ? message : message[..suffix])}");
        }
    }
}
