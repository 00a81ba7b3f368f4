using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Tests.Runs;

public sealed class CheckpointKeysTests
{
    [Fact]
    public void TokenOf_EveryKeyOfACheckpoint_IsItsCoordinators()
    {
        CheckpointKeys keys = new("a.run", Epoch: 12, Round: 340, Token: 7);
        Assert.All(CheckpointKeys.KeysBeside(keys.Description), key => Assert.Equal(7, CheckpointKeys.TokenOf(key)));
    }

    [Theory]
    [InlineData("a-run/checkpoints/notes.txt")]
    [InlineData("a-run/checkpoints/00001/round-00001/state.arrow")]
    [InlineData("a-run/checkpoints/00001/round-00001.x/state.arrow")]
    [InlineData("state.arrow")]
    public void TokenOf_AnythingElse_IsNobodys(string key) => Assert.Null(CheckpointKeys.TokenOf(key));
}
