namespace AotRecTrainer.Testing;

/// <summary>One operation of a store.</summary>
/// <param name="Operation"><c>get</c>, <c>put</c>, <c>create</c>, <c>replace</c>, <c>delete</c> or <c>list</c>.</param>
/// <param name="Key">Full location of the object or prefix.</param>
internal readonly record struct StoreCall(string Operation, string Key);
