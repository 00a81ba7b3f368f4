using System.Globalization;

namespace AotRecTrainer.Benchmarks.ColdStart;

/// <summary>What an image weighs, as <c>scripts/image.sh sizes</c> writes it, a line each.</summary>
/// <param name="Code">How the function in it was compiled: <c>native</c>, <c>r2r</c> or <c>jit</c>.</param>
/// <param name="Bytes">All of it, uncompressed.</param>
/// <param name="BaseBytes">Its base image.</param>
/// <param name="Base">Name of the base image.</param>
/// <param name="Layers">The layers above the base, from the lowest: size and what they are.</param>
internal sealed record ImageSize(string Code, long Bytes, long BaseBytes, string Base, string Layers)
{
    public static IReadOnlyList<ImageSize> Read(string path) => [.. File.ReadLines(path).Select(line => Parse(line.Split('\t')))];

    private static ImageSize Parse(string[] fields) => fields is [string code, string bytes, string baseBytes, string name, string layers]
        ? new ImageSize(code, long.Parse(bytes, CultureInfo.InvariantCulture), long.Parse(baseBytes, CultureInfo.InvariantCulture), name, layers)
        : throw new ArgumentException($"image sizes: {fields.Length} fields in a line, expected code, bytes, bytes of the base, base and layers");
}
