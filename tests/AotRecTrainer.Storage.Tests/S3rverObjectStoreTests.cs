using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>The contract against a second server that speaks S3's protocol; what it does otherwise than S3 is skipped by name.</summary>
[Collection(S3Tests.Name)]
public sealed class S3rverObjectStoreTests(S3rverFixture fixture) : ObjectStoreContract
{
    protected override int Overwrites => 20;

    protected override string NewLocation() => fixture.NewLocation();

    protected override void RequireServerThatHas(string what) => Assert.Skip($"s3rver 3.7.1 lacks: {what}.");
}
