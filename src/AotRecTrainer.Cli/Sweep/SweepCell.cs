using System.Globalization;

namespace AotRecTrainer.Cli.Sweep;

/// <summary>One configuration of a sweep.</summary>
/// <param name="Data">Name of the data set in tables.</param>
/// <param name="Dataset">Its location.</param>
/// <param name="Algorithm">Algorithm, or <c>paper</c> for the paper's preset.</param>
/// <param name="Workers">Number of workers; 0 is the coordinator alone.</param>
/// <param name="Memory">Memory of every function in MB.</param>
/// <param name="Factors">Length of the factor vectors; null is the algorithm's default.</param>
/// <param name="Epochs">Epochs.</param>
/// <param name="Pass">1, or 2 for a second run with the environments of the first one still warm.</param>
internal sealed record SweepCell(
    string Data, string Dataset, string Algorithm, int Workers, int Memory, int? Factors, int Epochs, int Pass = 1)
{
    /// <summary>Says in one word what it is: the key under which its figures are kept, and part of the run's name.</summary>
    public string Key => string.Create(
        CultureInfo.InvariantCulture,
        $"{Data}-{Algorithm}-w{Workers}-m{Memory}-k{Factors?.ToString(CultureInfo.InvariantCulture) ?? "d"}-e{Epochs}{(Pass == 1 ? "" : $"-pass{Pass}")}");
}
