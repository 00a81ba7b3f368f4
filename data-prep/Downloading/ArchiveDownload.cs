using AotRecTrainer.DataPrep.Display;

namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>One archive on its way: the published checksum first, then the file, checked before it gets its name.</summary>
/// <param name="archive">The archive.</param>
/// <param name="source">Where it is published; its checksum is beside it.</param>
/// <param name="destination">Where it goes.</param>
/// <param name="limits">What the download may take.</param>
internal sealed class ArchiveDownload(MovieLensArchive archive, Uri source, Destination destination, DownloadLimits limits)
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Downloads the archive, or finds that it is there already.</summary>
    /// <returns>A line that says what was done.</returns>
    /// <exception cref="DownloadException">It was not downloaded; what has come of it is kept for the next time.</exception>
    /// <exception cref="Storage.StorageException">The destination failed.</exception>
    public async Task<string> RunAsync(IStages stages, CancellationToken cancellationToken)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limits.Total);
        using var handler = new SocketsHttpHandler { ConnectTimeout = s_connectTimeout };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using PartFile part = destination.OpenPart();
        try
        {
            return await RunAsync(new Downloader(client, limits), part, stages, time.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            string why = cancellationToken.IsCancellationRequested ? "cancelled" : $"not done within {limits.Total.TotalSeconds:F0} s";
            throw new DownloadException($"{why}; run again to go on at {part.Length:N0} bytes");
        }
    }

    private async Task<string> RunAsync(Downloader downloader, PartFile part, IStages stages, CancellationToken cancellationToken)
    {
        var checksum = new Uri(source, $"{archive.FileName}.md5");
        string published = PublishedChecksum.Find(
                await downloader.ReadTextAsync(checksum, PublishedChecksum.CharactersMax, cancellationToken), archive.FileName)
            ?? throw new DownloadException($"{checksum} has no MD5 of {archive.FileName}; nothing was downloaded");
        if (await destination.Md5Async(cancellationToken) == published)
        {
            return $"{destination.FullName} is there already, MD5 {published} as published";
        }

        await downloader.LoadAsync(source, part, stages.Begin($"downloading {source}"), cancellationToken);
        string found = await part.Md5Async(cancellationToken);
        if (found != published)
        {
            part.Clear();
            throw new DownloadException($"{source} has MD5 {found}, published is {published}; it was removed, run again to load it anew");
        }

        long bytes = part.Length;
        await destination.CompleteAsync(part, cancellationToken);
        return $"{destination.FullName}: {bytes:N0} bytes, MD5 {published} as published";
    }
}
