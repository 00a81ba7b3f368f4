using System.Text;
using AotRecTrainer.Training.Serving;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Serving;

public sealed class SavedModelReaderTests : IDisposable
{
    private const string Folder = Lab.Output + "/a-run/model";
    private readonly Lab _lab = new();

    public SavedModelReaderTests() => _lab.Train(Lab.Event() with { Algorithm = "bayesian", Epochs = 6 });

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Read_SavedModel_HasTheBitsThatWereSaved()
    {
        var model = Read();
        Assert.Equal(_lab.Model().ParametersSha256, model.Parameters.Sha256());
        Assert.Equal(_lab.Model().Samples!.Length, model.Predictor.Samples.Count);
        Assert.Equal(0, model.Users.IndexOf(model.Users.Table.Ids[0]));
        Assert.Equal(-1, model.Users.IndexOf("nobody"));
    }

    [Theory]
    [InlineData("user_factors.parquet")]
    [InlineData("item_factors.parquet")]
    [InlineData("samples/00003.arrow")]
    public void Read_FileIsMissing_SaysWhich(string name)
    {
        _lab.Objects[$"{Folder}/{name}"] = null;
        Assert.StartsWith($"{name} is missing in ", Assert.Throws<TrainingInputException>(Read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user_factors.parquet")]
    [InlineData("item_factors.parquet")]
    [InlineData("samples/00003.arrow")]
    [InlineData("model.json")]
    public void Read_AnyByteIsWrong_IsNoticedOrChangesNothing(string name)
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        byte[] sound = _lab.Objects[$"{Folder}/{name}"]!;
        string digest = Read().Parameters.Sha256();
        for (int trial = 0; trial < 100; trial++)
        {
            byte[] damaged = [.. sound];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            _lab.Objects[$"{Folder}/{name}"] = damaged;
            try
            {
                Assert.Equal(digest, Read().Parameters.Sha256());
            }
            catch (TrainingInputException)
            {
            }
            catch (Exception other)
            {
                Assert.Fail($"seed {seed}, trial {trial}: {other}");
            }
        }
    }

    [Fact]
    public void Read_TablesOfAnotherModel_IsRefusedByTheDigest()
    {
        _lab.Train(Lab.Event("b-run") with { Epochs = 2 });
        _lab.Objects[$"{Folder}/item_factors.parquet"] = _lab.Objects[$"{Lab.Output}/b-run/model/item_factors.parquet"];
        Assert.Contains("have the digest", Assert.Throws<TrainingInputException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DescriptionThatIsNoJson_IsRefused()
    {
        _lab.Objects[$"{Folder}/model.json"] = Encoding.UTF8.GetBytes("{");
        Assert.Throws<TrainingInputException>(Read);
    }

    private Training.Serving.SavedModel Read() =>
        _lab.Time.Run(() => SavedModelReader.ReadAsync(_lab.Objects.Open(Folder), CancellationToken.None));
}
