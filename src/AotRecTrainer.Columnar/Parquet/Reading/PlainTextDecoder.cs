namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>Each text behind its length.</summary>
internal sealed class PlainTextDecoder(PageReader pages) : TextDecoder(pages)
{
    public override void Open()
    {
        // They are read where they stand.
    }

    public override void Read(Span<int> ends, TextBuilder text)
    {
        foreach (ref int end in ends)
        {
            text.Append(Pages.Take(Pages.TakeLength("text"), "text"));
            end = text.Length;
        }
    }
}
