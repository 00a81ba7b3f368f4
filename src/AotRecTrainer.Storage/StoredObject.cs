namespace AotRecTrainer.Storage;

/// <summary>An object as it was at one moment.</summary>
/// <param name="Content">Its whole content (empty for an empty object), owned by the caller.</param>
/// <param name="Version">Stands for that content at that key of that store: opaque, never empty, the same for every reader until the object
/// changes.</param>
public readonly record struct StoredObject(byte[] Content, string Version);
