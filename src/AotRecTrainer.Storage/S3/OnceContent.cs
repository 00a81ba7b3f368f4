using System.Net;

namespace AotRecTrainer.Storage.S3;

/// <summary>The content of a request that the runtime must not send again by itself: the second time is an error.</summary>
internal sealed class OnceContent : HttpContent
{
    private readonly HttpContent _inner;
    private int _sent;

    /// <summary>Takes a content over.</summary>
    public OnceContent(HttpContent inner)
    {
        _inner = inner;
        foreach ((string name, IEnumerable<string> values) in inner.Headers)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _sent, 1) == 0
            ? _inner.CopyToAsync(stream, context, cancellationToken)
            : throw new IOException("the connection broke before the request was answered");

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
