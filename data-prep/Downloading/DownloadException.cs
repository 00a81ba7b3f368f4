namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>A download failed or was stopped; the message is one line for the user and says whether it can be gone on with.</summary>
internal sealed class DownloadException(string message) : Exception(message);
