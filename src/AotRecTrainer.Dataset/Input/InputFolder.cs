namespace AotRecTrainer.Dataset.Input;

/// <summary>Files that lie together: in a folder on disk, below a prefix of a store, or in a folder of an archive.</summary>
internal abstract class InputFolder
{
    /// <summary>What to call it in messages.</summary>
    public abstract string Name { get; }

    /// <summary>A file by its name; null when there is none.</summary>
    public abstract InputFile? Find(string name);
}
