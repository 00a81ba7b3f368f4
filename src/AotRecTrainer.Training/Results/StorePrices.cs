namespace AotRecTrainer.Training.Results;

/// <summary>What an object store costs, in US dollars; a GB has 2³⁰ bytes. Deleting is free, and so is traffic within a region.</summary>
/// <param name="Write">One PUT or LIST.</param>
/// <param name="Read">One GET or HEAD.</param>
/// <param name="UploadGb">One GB written, beside the request.</param>
/// <param name="RetrievalGb">One GB read, beside the request.</param>
/// <param name="GbMonth">One GB stored for a month.</param>
public sealed record StorePrices(double Write, double Read, double UploadGb, double RetrievalGb, double GbMonth)
{
    private const double BytesPerGb = 1L << 30;

    /// <summary>The price of requests and what they carried.</summary>
    /// <param name="writes">PUT and LIST requests.</param>
    /// <param name="reads">GET and HEAD requests.</param>
    /// <param name="bytesWritten">Bytes of the former.</param>
    /// <param name="bytesRead">Bytes of the latter.</param>
    public double Of(double writes, double reads, double bytesWritten = 0, double bytesRead = 0) =>
        (writes * Write) + (reads * Read) + (bytesWritten / BytesPerGb * UploadGb) + (bytesRead / BytesPerGb * RetrievalGb);

    /// <summary>The price of bytes that stay.</summary>
    /// <param name="bytes">Their number.</param>
    /// <param name="months">How long they stay.</param>
    public double OfStorage(double bytes, double months) => bytes / BytesPerGb * months * GbMonth;
}
