using System.Runtime.CompilerServices;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Rows too long for registers: one rating at a time, part after part of <typeparamref name="TPart"/>'s width.</summary>
/// <remarks>Inside the loop the error is prediction − rating, the negative of the residual: gradients then only add.</remarks>
internal sealed unsafe class WideGradientWorkspace<TPart, TBias>(int items, int factors)
    : PaddedGradientWorkspace(items, factors, (factors + TPart.Width - 1) / TPart.Width * TPart.Width)
    where TPart : unmanaged, IFactorRow<TPart>
    where TBias : struct, IBiasPlace
{
    private protected override double AccumulateCore(in UserBlock block)
    {
        double squaredError = 0;
        for (int u = 0; u < block.Users; u++)
        {
            LoadUser(block.Factors + ((long)u * Factors));
            new Span<float>(UserGradient, Stride).Clear();
            float mean = GlobalMean + block.Biases[u];
            float biasGradient = 0;
            for (int j = block.Offsets[u]; j < block.Offsets[u + 1]; j++)
            {
                nint item = block.Items[j];
                float known = mean - block.Ratings[j];
                if (!TBias.InRow)
                {
                    known += ItemBiases[item];
                }

                float error = AddRating(
                    known, UserRow, UserGradient, ItemRows + (item * Stride), ItemGradient + (item * Stride), Stride);
                if (!TBias.InRow)
                {
                    ItemBiasGradient[item] += error;
                }

                biasGradient += error;
                squaredError += (double)error * error;
            }

            block.BiasGradient[u] = biasGradient;
            SaveUserGradient(block.FactorGradient + ((long)u * Factors));
        }

        return squaredError;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float AddRating(float known, float* p, float* pGradient, float* q, float* qGradient, nint stride)
    {
        TPart sum = default;
        for (nint f = 0; f < stride; f += TPart.Width)
        {
            sum = TPart.MultiplyAdd(TPart.Load(p + f), TPart.Load(q + f), sum);
        }

        float error = TPart.Sum(sum) + known;
        for (nint f = 0; f < stride; f += TPart.Width)
        {
            TPart.Store(qGradient + f, TPart.MultiplyAdd(error, TPart.Load(p + f), TPart.Load(qGradient + f)));
            TPart.Store(pGradient + f, TPart.MultiplyAdd(error, TPart.Load(q + f), TPart.Load(pGradient + f)));
        }

        return error;
    }
}
