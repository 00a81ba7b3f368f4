namespace AotRecTrainer.Storage;

/// <summary>
/// Whole objects under string keys: what a data set, a run and an exchange of gradients need of a directory or of S3.
/// </summary>
/// <remarks>
/// Every operation is safe to call from several threads at once, and every store sees what other processes have finished writing.
/// A key that <see cref="ObjectKey.Validate"/> refuses is an <see cref="ArgumentException"/>; trouble with the store itself is a
/// <see cref="StorageException"/>; a cancelled token is an <see cref="OperationCanceledException"/>; nothing else is thrown, except
/// <see cref="ObjectDisposedException"/> after disposal.
/// </remarks>
public interface IObjectStore : IDisposable
{
    /// <summary>Where the keys are rooted: <c>file:///dir</c> or <c>s3://bucket/prefix</c>. <see cref="ObjectStores.Open(string)"/> takes its
    /// <see cref="Uri.AbsoluteUri"/> back.</summary>
    Uri Location { get; }

    /// <summary>The requests made through this instance so far; a snapshot.</summary>
    RequestCounts Requests { get; }

    /// <summary>Reads a whole object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Its content (empty for an empty object), owned by the caller; <see langword="null"/> when there is no such object.</returns>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken ct = default);

    /// <summary>Reads a whole object into a stream: for those who read many and use their memory again.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="target">Where to, from its position; stays open. What it has is undefined after an error.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns><see langword="false"/>, and nothing written, when there is no such object.</returns>
    async ValueTask<bool> CopyToAsync(string key, Stream target, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (await GetAsync(key, ct) is not { } content)
            return false;
        await target.WriteAsync(content, ct);
        return true;
    }

    /// <summary>Reads part of an object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="offset">First byte wanted, from 0. At or beyond the end the result is empty.</param>
    /// <param name="length">Bytes wanted, from 0. The result is shorter where the object ends before.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The bytes, owned by the caller; <see langword="null"/> when there is no such object.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative offset or length.</exception>
    ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken ct = default);

    /// <summary>The length of an object in bytes; <see langword="null"/> when there is no such object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="ct">Cancels the wait.</param>
    ValueTask<long?> GetLengthAsync(string key, CancellationToken ct = default);

    /// <summary>Writes an object, replacing one of that key: readers see all of the old content or all of the new, never a mixture.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="content">The whole content; must not change until the task ends.</param>
    /// <param name="ct">Cancels the wait; whether the object was written is then unknown.</param>
    ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default);

    /// <summary>Writes an object only where there is none of that key: of any number of racing callers exactly one gets
    /// <see langword="true"/>.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="content">The whole content; must not change until the task ends.</param>
    /// <param name="ct">Cancels the wait; whether the object was written is then unknown.</param>
    /// <returns><see langword="false"/> when the key was taken; the object is then untouched.</returns>
    /// <remarks>After a <see cref="StorageException"/> the outcome is unknown. Whoever tries again and gets <see langword="false"/> should
    /// read the object to see whose it is.</remarks>
    ValueTask<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct = default);

    /// <summary>Reads a whole object together with its version, for <see cref="TryReplaceAsync"/>.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Content and version of one moment; <see langword="null"/> when there is no such object.</returns>
    ValueTask<StoredObject?> GetVersionedAsync(string key, CancellationToken ct = default);

    /// <summary>Replaces an object only while it still has a version (compare-and-swap): of any number of racing callers that hold the same
    /// version exactly one gets <see langword="true"/>, across processes too.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="version">The version that <see cref="GetVersionedAsync"/> gave.</param>
    /// <param name="content">The whole new content; must not change until the task ends.</param>
    /// <param name="ct">Cancels the wait; whether the object was written is then unknown.</param>
    /// <returns><see langword="false"/> when the object has another version by now, or is gone; it is then untouched.</returns>
    /// <remarks>
    /// A version may be a hash of the content: an object that went from A to B and back to A has its first version again, and a replacement
    /// with the same content leaves the version as it was. Callers that must notice put something into the content that never comes twice,
    /// a counter or a token of their own. After a <see cref="StorageException"/> the outcome is unknown: read the object to see whose it is.
    /// </remarks>
    /// <exception cref="ArgumentException">An empty version.</exception>
    ValueTask<bool> TryReplaceAsync(string key, string version, ReadOnlyMemory<byte> content, CancellationToken ct = default);

    /// <summary>Removes an object; that there is none is fine.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="ct">Cancels the wait.</param>
    ValueTask DeleteAsync(string key, CancellationToken ct = default);

    /// <summary>The keys that begin with a prefix, each once, in ordinal order. Works on names alone: <c>a/b</c> finds <c>a/b</c>,
    /// <c>a/bc</c> and <c>a/b/c</c>.</summary>
    /// <param name="prefix">The beginning of the keys wanted; empty for all keys.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <remarks>The keys are collected before the first is returned, so memory grows with their number. Objects written or deleted
    /// meanwhile may or may not be among them.</remarks>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken ct = default);
}
