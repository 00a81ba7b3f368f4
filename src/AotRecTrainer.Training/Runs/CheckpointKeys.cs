using System.Globalization;

namespace AotRecTrainer.Training.Runs;

/// <summary>Keys of one checkpoint, in a folder of its own that no other coordinator writes to.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Round">Rounds done.</param>
/// <param name="Token">The coordinator's fencing token.</param>
internal readonly record struct CheckpointKeys(string Run, int Epoch, int Round, int Token)
{
    private const string DescriptionName = "checkpoint.json";
    private const string ParametersName = "parameters.arrow";
    private const string StateName = "state.arrow";
    private const string BestName = "best.arrow";

    public string Description => Folder + DescriptionName;

    public string Parameters => Folder + ParametersName;

    public string State => Folder + StateName;

    /// <summary>The best model so far, where early stopping keeps one.</summary>
    public string Best => Folder + BestName;

    private string Folder => $"{PrefixOf(Run)}{Epoch:D5}/round-{Round:D5}.{Token}/";

    /// <summary>Where all checkpoints of a run are.</summary>
    public static string PrefixOf(string run) => $"{run}/checkpoints/";

    /// <summary>The folder, with its slash, of the checkpoint whose description has this key.</summary>
    public static string FolderOf(string description) => description[..^DescriptionName.Length];

    /// <summary>The token of the coordinator that an object of a checkpoint belongs to; null for anything else.</summary>
    public static int? TokenOf(string key)
    {
        ReadOnlySpan<char> folder = key.AsSpan(0, Math.Max(key.LastIndexOf('/'), 0));
        return int.TryParse(folder[(folder.LastIndexOf('.') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int token) ? token : null;
    }

    /// <summary>Every key that the checkpoint whose description has this key may have; the description first, so that no half is left.</summary>
    public static IEnumerable<string> KeysBeside(string description)
    {
        string folder = FolderOf(description);
        return [description, folder + ParametersName, folder + StateName, folder + BestName];
    }
}
