using AotRecTrainer.LocalLambda.Environments;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Environments;

public sealed class ExitTextTests
{
    [Theory]
    [InlineData(0, "Runtime exited without providing a reason")]
    [InlineData(1, "Runtime exited with error: exit status 1")]
    [InlineData(134, "Runtime exited with error: signal: aborted")]
    [InlineData(137, "Runtime exited with error: signal: killed")]
    [InlineData(139, "Runtime exited with error: signal: segmentation fault")]
    public void Describe_ExitCode_IsInTheServicesWords(int code, string text) => Assert.Equal(text, ExitText.Describe(code));
}
