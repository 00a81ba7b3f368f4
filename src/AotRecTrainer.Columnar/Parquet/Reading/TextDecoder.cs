namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Reads the texts of one page after the other in one encoding.</summary>
internal abstract class TextDecoder(PageReader pages)
{
    protected PageReader Pages { get; } = pages;

    /// <summary>Starts with the values of the current page.</summary>
    public abstract void Open();

    /// <summary>Appends the next texts of the page, and gives out how many bytes there are behind each.</summary>
    public abstract void Read(Span<int> ends, TextBuilder text);
}
