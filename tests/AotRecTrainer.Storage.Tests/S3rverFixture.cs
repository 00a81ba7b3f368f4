using AotRecTrainer.Testing;

namespace AotRecTrainer.Storage.Tests;

/// <summary>s3rver, another people's S3, which does part of it.</summary>
public sealed class S3rverFixture() : S3ServerFixture(S3TestServer.TryStartS3rverAsync);
