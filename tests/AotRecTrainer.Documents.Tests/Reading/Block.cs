namespace AotRecTrainer.Documents.Tests.Reading;

/// <summary>A part of a page that is not prose.</summary>
/// <param name="Language">What a fence says that it is; empty for an indented block, <c>inline</c> for code in a line.</param>
/// <param name="Text">Its lines, without fence and indentation.</param>
internal sealed record Block(string Language, string Text);
