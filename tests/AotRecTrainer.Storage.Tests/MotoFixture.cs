using AotRecTrainer.Testing;

namespace AotRecTrainer.Storage.Tests;

/// <summary>moto_server, which does all that the stores ask of S3.</summary>
public sealed class MotoFixture() : S3ServerFixture(S3TestServer.TryStartMotoAsync);
