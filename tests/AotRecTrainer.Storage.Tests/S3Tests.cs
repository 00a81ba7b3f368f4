using Xunit;

namespace AotRecTrainer.Storage.Tests;

[CollectionDefinition(Name)]
public sealed class S3Tests : ICollectionFixture<S3ServerFixture>
{
    public const string Name = "S3";
}
