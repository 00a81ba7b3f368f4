namespace AotRecTrainer.Benchmarks.Report;

/// <summary>Prints a page of results and files it under the machine it was made on.</summary>
internal static class ResultPage
{
    /// <summary>Prints and files one page.</summary>
    /// <param name="results">Folder of results by processor.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="name">Name of the page's file.</param>
    /// <param name="page">Its text.</param>
    public static void Write(string results, Machine machine, string name, string page)
    {
        Console.Write(page);
        string folder = Path.Combine(results, machine.Folder);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), page);
    }
}
