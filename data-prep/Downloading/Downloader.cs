using System.Net;
using System.Net.Http.Headers;

namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>Loads files by HTTP, however often connections break: what has come is kept, and each connection goes on where the last ended.</summary>
/// <param name="client">Makes the requests; must have no time-out of its own.</param>
/// <param name="limits">What a download may take.</param>
internal sealed class Downloader(HttpClient client, DownloadLimits limits)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Reads a small text.</summary>
    /// <exception cref="DownloadException">It cannot be had.</exception>
    public async Task<string> ReadTextAsync(Uri source, int charactersMax, CancellationToken cancellationToken)
    {
        string? text = null;
        await TryAgainAsync(
            async () =>
            {
                using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                stall.CancelAfter(limits.Stall);
                using HttpResponseMessage response = await client.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, stall.Token);
                ThrowUnlessFound(source, response.StatusCode);
                using var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(stall.Token));
                char[] characters = new char[charactersMax];
                text = new string(characters, 0, await reader.ReadBlockAsync(characters.AsMemory(), stall.Token));
                return true;
            },
            () => 0, source, cancellationToken);
        return text!;
    }

    /// <summary>Loads a file.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="part">Takes the bytes; may have some already.</param>
    /// <param name="progress">Told the share that is there.</param>
    /// <param name="cancellationToken">Stops the loading; the part stays.</param>
    /// <exception cref="DownloadException">There is no such file, it is too large, or connections keep failing.</exception>
    public Task LoadAsync(Uri source, PartFile part, IProgress<double> progress, CancellationToken cancellationToken) =>
        TryAgainAsync(() => ContinueAsync(source, part, progress, cancellationToken), () => part.Length, source, cancellationToken);

    // One connection; true when the file is whole.
    private async Task<bool> ContinueAsync(Uri source, PartFile part, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (part.Version is { } version)
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            request.Headers.IfRange = version;
        }

        using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(limits.Stall);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
        ThrowUnlessFound(source, response.StatusCode);
        long? total = Total(response);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing is left to ask for, or the part is of something else.
            if (total == part.Length)
            {
                return true;
            }

            part.Clear();
            return false;
        }

        response.EnsureSuccessStatusCode();
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != part.Length)
        {
            // The whole file: it has changed, or the server knows no ranges.
            part.Restart(response.StatusCode == HttpStatusCode.OK ? response.Headers.ETag : null);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return false;
            }
        }

        await CopyAsync(source, response, part, total, progress, stall, cancellationToken);
        return total is null || part.Length == total;
    }

    private async Task CopyAsync(
        Uri source, HttpResponseMessage response, PartFile part, long? total, IProgress<double> progress,
        CancellationTokenSource stall, CancellationToken cancellationToken)
    {
        if (total > limits.BytesMax)
        {
            throw TooLarge(source, total.Value);
        }

        await using Stream content = await response.Content.ReadAsStreamAsync(stall.Token);
        byte[] buffer = new byte[BufferBytes];
        while (await content.ReadAsync(buffer, stall.Token) is int read and > 0)
        {
            stall.CancelAfter(limits.Stall);
            if (part.Length + read > Math.Min(limits.BytesMax, total ?? long.MaxValue))
            {
                throw TooLarge(source, part.Length + read);
            }

            await part.AppendAsync(buffer.AsMemory(0, read), cancellationToken);
            progress.Report(total is > 0 ? (double)part.Length / total.Value : 0);
        }
    }

    private static long? Total(HttpResponseMessage response) =>
        response.Content.Headers.ContentRange is { } range ? range.Length : response.Content.Headers.ContentLength;

    // Connections that get further than all before them may fail as often as they like, within the time for everything.
    private async Task TryAgainAsync(Func<Task<bool>> attempt, Func<long> there, Uri source, CancellationToken cancellationToken)
    {
        long most = there();
        for (int failures = 0; ;)
        {
            string problem = "the connection ended early";
            try
            {
                if (await attempt())
                {
                    return;
                }
            }
            catch (Exception error) when (
                error is HttpRequestException or IOException
                || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                problem = error is OperationCanceledException ? $"nothing came for {limits.Stall.TotalSeconds:F0} s" : error.Message;
            }

            failures = there() > most ? 1 : failures + 1;
            most = Math.Max(most, there());
            if (failures >= limits.AttemptsMax)
            {
                throw new DownloadException($"{source}: {problem}, {failures} times in a row; run again to go on at {there():N0} bytes");
            }

            await Task.Delay(limits.FirstWait * (1 << (failures - 1)), cancellationToken);
        }
    }

    private static void ThrowUnlessFound(Uri source, HttpStatusCode status)
    {
        if ((int)status is >= 400 and < 500 and not (408 or 416 or 429))
        {
            throw new DownloadException($"{source}: the server answered {(int)status} {status}");
        }
    }

    private DownloadException TooLarge(Uri source, long bytes) =>
        new($"{source} has {bytes:N0} bytes or more, expected at most {limits.BytesMax:N0} and what the server announces");
}
