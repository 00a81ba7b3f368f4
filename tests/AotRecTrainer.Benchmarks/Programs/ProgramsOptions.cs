namespace AotRecTrainer.Benchmarks.Programs;

/// <summary>Options of the verbs that run whole programs.</summary>
/// <param name="Programs">Folder of the published programs.</param>
/// <param name="Results">Folder of results by processor.</param>
/// <param name="MovieLens">Folder of ml-latest-small; null leaves it out.</param>
/// <param name="Script">The other side's program; null where it is not needed.</param>
/// <param name="Packages">Folder of the other side's packages; null where it is not needed.</param>
/// <param name="Json">File for the figures; null writes none.</param>
/// <param name="Calibration">File for the calibration of forecasts; null writes none.</param>
internal sealed record ProgramsOptions(
    string Programs, string Results, string? MovieLens, string? Script, string? Packages, string? Json, string? Calibration)
{
    public static ProgramsOptions Parse(string[] arguments)
    {
        string? programs = null, results = null, movieLens = null, script = null, packages = null, json = null, calibration = null;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value");
            switch (arguments[i])
            {
                case "--programs": programs = value; break;
                case "--results": results = value; break;
                case "--movielens": movieLens = value; break;
                case "--script": script = value; break;
                case "--packages": packages = value; break;
                case "--json": json = value; break;
                case "--calibration": calibration = value; break;
                default:
                    throw new ArgumentException(
                        $"{arguments[i]}: expected --programs, --results, --movielens, --script, --packages, --json or --calibration");
            }
        }

        if (programs is null || results is null) throw new ArgumentException("--programs and --results are needed");
        return new ProgramsOptions(programs, results, movieLens, script, packages, json, calibration);
    }
}
