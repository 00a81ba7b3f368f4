namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Reads the values of one page after the other in one encoding.</summary>
internal abstract class PageDecoder<T>(PageReader pages)
    where T : unmanaged
{
    protected PageReader Pages { get; } = pages;

    /// <summary>Starts with the values of the current page.</summary>
    public abstract void Open();

    /// <summary>Reads the next values of the page; it must have as many.</summary>
    public abstract void Read(Span<T> values);
}
