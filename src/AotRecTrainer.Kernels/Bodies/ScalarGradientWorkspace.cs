namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Rows as dense as the caller's; one rating after the other.</summary>
internal sealed unsafe class ScalarGradientWorkspace(int items, int factors) : GradientWorkspace(items, factors, stride: factors)
{
    private protected override double AccumulateCore(in UserBlock block)
    {
        double squaredError = 0;
        for (int u = 0; u < block.Users; u++)
        {
            float* p = block.Factors + ((long)u * Factors);
            float* pGradient = block.FactorGradient + ((long)u * Factors);
            float biasGradient = 0;
            new Span<float>(pGradient, Factors).Clear();
            for (int j = block.Offsets[u]; j < block.Offsets[u + 1]; j++)
            {
                int item = block.Items[j];
                float* q = ItemRows + ((long)item * Factors);
                float* qGradient = ItemGradient + ((long)item * Factors);
                float residual = block.Ratings[j] - (GlobalMean + block.Biases[u] + ItemBiases[item] + Dot(p, q));
                for (int f = 0; f < Factors; f++)
                {
                    pGradient[f] -= residual * q[f];
                    qGradient[f] -= residual * p[f];
                }

                biasGradient -= residual;
                ItemBiasGradient[item] -= residual;
                squaredError += (double)residual * residual;
            }

            block.BiasGradient[u] = biasGradient;
        }

        return squaredError;
    }

    private float Dot(float* p, float* q)
    {
        float sum = 0;
        for (int f = 0; f < Factors; f++)
        {
            sum += p[f] * q[f];
        }

        return sum;
    }
}
