namespace AotRecTrainer.Kernels;

/// <summary>The lower triangle of a symmetric matrix, row by row without gaps: (i, j) with j ≤ i stands at i(i + 1)/2 + j.</summary>
public static class PackedTriangle
{
    /// <summary>Number of values of a matrix with <paramref name="order"/> rows; also where row <paramref name="order"/> would start.</summary>
    public static int Length(int order) => order * (order + 1) / 2;

    /// <summary>Position of the diagonal value of row <paramref name="row"/>.</summary>
    public static int Diagonal(int row) => row * (row + 3) / 2;
}
