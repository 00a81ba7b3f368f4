namespace AotRecTrainer.Documents.Tests.Reading;

/// <summary>A command that a reader may type.</summary>
/// <param name="Words">Program and arguments, quotes taken off.</param>
/// <param name="IsMention">True for code within a sentence, which may name a command without all that it needs.</param>
internal sealed record ShellCommand(IReadOnlyList<string> Words, bool IsMention)
{
    public string Program => Words[0];

    public override string ToString() => string.Join(' ', Words);
}
