namespace AotRecTrainer.Kernels.Bodies;

/// <summary>One rating after the other, one product after the other.</summary>
internal sealed unsafe class ScalarEquationWorkspace(int factors) : EquationWorkspace(factors)
{
    private protected override void Sum(FactorRows others, int* indices, float* ratings, int count, float mean)
    {
        float* right = Sums + ((long)Unknowns * Stride);
        new Span<float>(Sums, Stride * (Unknowns + 1)).Clear();
        for (int j = 0; j < count; j++)
        {
            float* other = others.FactorStart + ((long)indices[j] * others.Stride);
            float target = ratings[j] - mean - others.BiasStart[indices[j]];
            for (int a = 0; a < Unknowns; a++)
            {
                float z = a < Factors ? other[a] : 1;
                float* row = Sums + ((long)a * Stride);
                for (int b = 0; b < a; b++)
                {
                    row[b] += z * other[b];
                }

                row[a] += z * z;
                right[a] += z * target;
            }
        }
    }
}
