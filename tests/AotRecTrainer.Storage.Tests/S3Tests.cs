using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>Tests whose S3 servers the process's environment points at: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class S3Tests : ICollectionFixture<MotoFixture>, ICollectionFixture<S3rverFixture>
{
    public const string Name = "S3";
}
