namespace AotRecTrainer.Lambda.Invoke;

/// <summary>A signature with the steps that lead to it, which AWS quotes when it refuses one.</summary>
/// <param name="CanonicalRequest">The request in the form that is hashed.</param>
/// <param name="StringToSign">The text that is signed.</param>
/// <param name="Signature">The signature, 64 hexadecimal digits.</param>
/// <param name="Authorization">The value of the <c>Authorization</c> header.</param>
public sealed record SigV4Signature(string CanonicalRequest, string StringToSign, string Signature, string Authorization);
