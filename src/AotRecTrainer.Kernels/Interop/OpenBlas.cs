using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Kernels.Interop;

/// <summary>The only native calls of the project, and the one place that knows whether OpenBLAS is here.</summary>
/// <remarks>
/// Either the library is linked into the program, or it is looked for once; a missing library is a fact that <see cref="State"/> tells,
/// not an error.
/// </remarks>
public static unsafe partial class OpenBlas
{
    private const string LibraryName = "openblas";
    private const string LinkedSwitch = "AotRecTrainer.OpenBlasLinked";
    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transpose = 112;
    private const int Lower = 122;

    // Versioned first: the plain name comes with the development package only.
    private static readonly string[] FileNames = ["libopenblas.so.0", "libopenblas.so"];

    private static readonly (BlasState State, nint Handle) Found = Load();

    /// <summary>Whether the library is loaded, and in one line which build or why not.</summary>
    public static BlasState State => Found.State;

    // The build that links the library sets the switch, and the native compiler then leaves the search out.
    [FeatureSwitchDefinition(LinkedSwitch)]
    private static bool IsLinked => AppContext.TryGetSwitch(LinkedSwitch, out bool isLinked) && isLinked;

    /// <summary>result = matrix · vector, with a dense row-major matrix.</summary>
    internal static void MatrixTimesVector(int rows, int columns, float* matrix, float* vector, float* result) =>
        cblas_sgemv(RowMajor, NoTranspose, rows, columns, 1, matrix, columns, vector, 1, 0, result, 1);

    /// <summary>result += matrixᵀ · vector, with a row-major matrix.</summary>
    internal static void AddTransposeTimesVector(int rows, int columns, float* matrix, int stride, float* vector, float* result) =>
        cblas_sgemv(RowMajor, Transpose, rows, columns, 1, matrix, stride, vector, 1, 1, result, 1);

    /// <summary>result += matrixᵀ · matrix, its lower triangle only; both row-major.</summary>
    internal static void AddTransposeTimesSelf(int rows, int columns, float* matrix, int stride, float* result, int resultStride) =>
        cblas_ssyrk(RowMajor, Lower, Transpose, columns, rows, 1, matrix, stride, 1, result, resultStride);

    /// <summary>matrix += column · rowᵀ, with a dense row-major matrix.</summary>
    internal static void AddOuterProduct(int rows, int columns, float* column, float* row, float* matrix) =>
        cblas_sger(RowMajor, rows, columns, 1, column, 1, row, 1, matrix, columns);

    /// <summary>Tries one file after the other; the state of what was found has no build description yet.</summary>
    internal static (BlasState State, nint Handle) Probe(IReadOnlyList<string> fileNames)
    {
        foreach (string name in fileNames)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return HasEverything(handle)
                    ? (new BlasState(name, name), handle)
                    : (new BlasState(null, $"OpenBLAS not used: {name} lacks a function that is needed"), 0);
            }
        }

        return (new BlasState(null, $"OpenBLAS not used: none of {string.Join(", ", fileNames)} could be loaded"), 0);
    }

    private static (BlasState State, nint Handle) Load()
    {
        if (IsLinked)
        {
            return (new BlasState("the program itself", $"{Release()}, linked into the program, 1 thread"), 0);
        }

        (BlasState state, nint handle) = Probe(FileNames);
        if (!state.IsLoaded)
        {
            return (state, handle);
        }

        NativeLibrary.SetDllImportResolver(
            typeof(OpenBlas).Assembly,
            (name, _, _) => string.Equals(name, LibraryName, StringComparison.Ordinal) ? handle : 0);

        // Workers are the unit of parallelism; more threads would also make sums depend on how many there are.
        openblas_set_num_threads(1);
        return (state with { Description = $"{state.Library}: {Build()}, 1 thread" }, handle);
    }

    /// <summary>Name, version and build options of the library.</summary>
    private static string Build() => Marshal.PtrToStringUTF8((nint)openblas_get_config())?.Trim() ?? "";

    /// <summary>Name and version alone: what the library says of processors does not hold for kernels chosen by the linker.</summary>
    private static string Release() => string.Join(' ', Build().Split(' ').Take(2));

    private static bool HasEverything(nint handle)
    {
        string[] names =
            [
                nameof(cblas_sgemv),
                nameof(cblas_sger),
                nameof(cblas_ssyrk),
                nameof(openblas_set_num_threads),
                nameof(openblas_get_config),
            ];
        return names.All(name => NativeLibrary.TryGetExport(handle, name, out _));
    }

    [LibraryImport(LibraryName)]
    private static partial void openblas_set_num_threads(int threads);

    [LibraryImport(LibraryName)]
    private static partial byte* openblas_get_config();

    [LibraryImport(LibraryName)]
    private static partial void cblas_sgemv(
        int order,
        int transpose,
        int rows,
        int columns,
        float alpha,
        float* matrix,
        int rowStride,
        float* vector,
        int vectorStride,
        float beta,
        float* result,
        int resultStride);

    [LibraryImport(LibraryName)]
    private static partial void cblas_sger(
        int order,
        int rows,
        int columns,
        float alpha,
        float* column,
        int columnStride,
        float* row,
        int rowStride,
        float* matrix,
        int matrixStride);

    [LibraryImport(LibraryName)]
    private static partial void cblas_ssyrk(
        int order,
        int triangle,
        int transpose,
        int columns,
        int rows,
        float alpha,
        float* matrix,
        int matrixStride,
        float beta,
        float* result,
        int resultStride);
}
