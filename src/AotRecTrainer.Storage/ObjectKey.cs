using System.Buffers;
using System.Text;

namespace AotRecTrainer.Storage;

/// <summary>
/// What may be a key. Narrower than S3's rule, so that every key is also a path below a directory, and the same in every store.
/// </summary>
/// <remarks>
/// A directory cannot hold an object <c>a</c> beside an object <c>a/b</c>; there the second is a <see cref="StorageException"/>.
/// </remarks>
public static class ObjectKey
{
    /// <summary>The longest key, in bytes of UTF-8 (S3's limit; a store's own prefix counts towards it).</summary>
    public const int MaxBytes = 1024;

    /// <summary>The longest part between slashes, in bytes of UTF-8 (a file name's limit).</summary>
    public const int MaxPartBytes = 255;

    // Names of a directory store's own files: never keys, so that a key can neither meet nor list them.
    internal const string ReservedPartStart = ".aotrec-";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> OtherThanSlash = SearchValues.Create('\\', '\u007f');

    /// <summary>
    /// Refuses anything but a relative, '/'-separated key: no empty parts, no "." or "..", no backslash, no control characters, no
    /// unpaired surrogates, no part that begins with ".aotrec-", no more than <see cref="MaxBytes"/> bytes of UTF-8 and
    /// <see cref="MaxPartBytes"/> in a part.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">The key breaks a rule; the message names the key and the rule.</exception>
    public static void Validate(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (FindProblem(key) is string problem)
            throw new ArgumentException($"Object key '{Printable(key)}': {problem}.", nameof(key));
    }

    /// <summary>Whether <see cref="Validate"/> accepts a key.</summary>
    /// <param name="key">The key.</param>
    public static bool IsValid(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return FindProblem(key) is null;
    }

    /// <summary>Refuses what cannot be the beginning of a key. Empty, and with a slash or dots at the end, is fine.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <exception cref="ArgumentException">The prefix breaks a rule of <see cref="Validate"/>.</exception>
    public static void ValidatePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length != 0 && Check(prefix, lastPartIsABeginning: true) is string problem)
            throw new ArgumentException($"Object key prefix '{Printable(prefix)}': {problem}.", nameof(prefix));
    }

    /// <summary>The rule that a key breaks, as a phrase with the key as its subject; <see langword="null"/> for a valid key.</summary>
    /// <param name="key">The key.</param>
    internal static string? FindProblem(string key) => Check(key, lastPartIsABeginning: false);

    private static string? Check(string key, bool lastPartIsABeginning)
    {
        if (key.Length == 0)
            return "is empty";
        if (key[0] == '/')
            return "begins with '/', expected a relative key";
        if (key.AsSpan().ContainsAny(OtherThanSlash) || key.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0
            || key.AsSpan().IndexOfAnyInRange('\u0080', '\u009f') >= 0)
        {
            return "holds a backslash or a control character";
        }

        try
        {
            int bytes = StrictUtf8.GetByteCount(key);
            if (bytes > MaxBytes)
                return $"has {bytes} bytes of UTF-8, expected at most {MaxBytes}";
        }
        catch (EncoderFallbackException)
        {
            return "holds an unpaired surrogate";
        }

        foreach (Range range in key.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> part = key.AsSpan(range);
            bool last = range.End.GetOffset(key.Length) == key.Length;

            // "a/.." finds "a/..b": as a beginning it is only compared, never followed.
            if (last && lastPartIsABeginning)
                continue;
            if (CheckPart(part) is string problem)
                return problem;
        }

        return null;
    }

    private static string? CheckPart(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty)
            return "has an empty part between or after slashes";
        if (part is "." or "..")
            return $"has the part '{part}'";
        if (part.StartsWith(ReservedPartStart, StringComparison.OrdinalIgnoreCase))
            return $"has a part that begins with '{ReservedPartStart}', which is kept for the store's own files";
        int bytes = StrictUtf8.GetByteCount(part);
        return bytes > MaxPartBytes ? $"has a part of {bytes} bytes of UTF-8, expected at most {MaxPartBytes}" : null;
    }

    // Keys in messages end up in logs: no control characters, no novels.
    private static string Printable(string key)
    {
        const int Shown = 120;
        StringBuilder text = new();
        foreach (char c in key.AsSpan(0, Math.Min(key.Length, Shown)))
            text.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return key.Length > Shown ? text.Append("...").ToString() : text.ToString();
    }
}
