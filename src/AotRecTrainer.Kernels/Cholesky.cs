using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AotRecTrainer.Kernels.Bodies;

namespace AotRecTrainer.Kernels;

/// <summary>
/// Dense positive definite systems A = L Lᵀ as <see cref="PackedTriangle"/>s. Allocates nothing; the same input gives the same bits
/// on every machine.
/// </summary>
public static unsafe class Cholesky
{
    private const int Width = 8;

    // A square of this size fits on any stack; larger ones come from the shared pool.
    private const int StackFloats = 72 * 72;

    /// <summary>Overwrites the lower triangle of A with L.</summary>
    /// <param name="packed">A; L afterwards, or anything when the result is false.</param>
    /// <param name="order">Number of rows.</param>
    /// <returns>False when A is not positive definite as far as single precision can tell, or not finite.</returns>
    /// <exception cref="ArgumentException">The length is not that of a triangle of this order.</exception>
    [SkipLocalsInit]
    public static bool TryFactor(Span<float> packed, int order)
    {
        IfNotTriangle(packed, order);
        int stride = (order + Width - 1) / Width * Width;
        float[]? rented = null;
        Span<float> work = (long)stride * (stride + 1) <= StackFloats
            ? stackalloc float[StackFloats]
            : rented = ArrayPool<float>.Shared.Rent(checked(stride * (stride + 1)));
        bool done;
        fixed (float* triangle = packed, square = work)
        {
            Unpack(triangle, order, square, stride);
            done = TryFactor(square, stride, order, square + ((long)stride * stride));
            Pack(square, stride, order, triangle);
        }

        if (rented is not null)
        {
            ArrayPool<float>.Shared.Return(rented);
        }

        return done;
    }

    /// <summary>Solves A x = b.</summary>
    /// <param name="factor">L, from <see cref="TryFactor(Span{float}, int)"/>.</param>
    /// <param name="order">Number of rows.</param>
    /// <param name="vector">b; x afterwards.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Solve(ReadOnlySpan<float> factor, int order, Span<float> vector)
    {
        IfNotTriangle(factor, order);
        KernelThrow.IfLengthDiffers(vector.Length, order, nameof(vector));
        fixed (float* l = factor, x = vector)
        {
            float* row = l;
            for (int i = 0; i < order; i++)
            {
                x[i] = (x[i] - Dot(row, x, i)) / row[i];
                row += i + 1;
            }
        }

        SolveTransposed(factor, order, vector);
    }

    /// <summary>Solves Lᵀ x = b: with b standard normal, x is normal with covariance A⁻¹.</summary>
    /// <param name="factor">L, from <see cref="TryFactor(Span{float}, int)"/>.</param>
    /// <param name="order">Number of rows.</param>
    /// <param name="vector">b; x afterwards.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void SolveTransposed(ReadOnlySpan<float> factor, int order, Span<float> vector)
    {
        IfNotTriangle(factor, order);
        KernelThrow.IfLengthDiffers(vector.Length, order, nameof(vector));
        fixed (float* l = factor, x = vector)
        {
            for (int i = order - 1; i >= 0; i--)
            {
                float* row = l + PackedTriangle.Length(i);
                x[i] /= row[i];
                Subtract(x[i], row, x, i);
            }
        }
    }

    private static bool TryFactor(float* square, nint stride, int order, float* column)
    {
        for (int j = 0; j < order; j++)
        {
            float* pivotRow = square + (j * stride);
            float pivot = pivotRow[j];
            if (!(pivot > 0 && pivot <= float.MaxValue))
            {
                return false;
            }

            float root = MathF.Sqrt(pivot);
            float inverse = 1 / root;
            pivotRow[j] = root;

            // Lanes at and before the pivot are in finished columns: a zero there leaves them as they are.
            int from = (j + 1) / Width * Width;
            for (int i = from; i <= j; i++)
            {
                column[i] = 0;
            }

            float* at = pivotRow + j;
            for (int i = j + 1; i < order; i++)
            {
                at += stride;
                column[i] = *at *= inverse;
            }

            float* row = pivotRow;
            for (int i = j + 1; i < order; i++)
            {
                row += stride;
                Vector256<float> scale = Vector256.Create(-column[i]);
                for (int c = from; c <= i; c += Width)
                {
                    Vector256.FusedMultiplyAdd(scale, Vector256.Load(column + c), Vector256.Load(row + c)).Store(row + c);
                }
            }
        }

        return true;
    }

    private static void Unpack(float* triangle, int order, float* square, nint stride)
    {
        for (int i = 0; i < order; i++)
        {
            Unsafe.CopyBlockUnaligned(square + (i * stride), triangle + PackedTriangle.Length(i), (uint)(i + 1) * sizeof(float));
        }
    }

    private static void Pack(float* square, nint stride, int order, float* triangle)
    {
        for (int i = 0; i < order; i++)
        {
            Unsafe.CopyBlockUnaligned(triangle + PackedTriangle.Length(i), square + (i * stride), (uint)(i + 1) * sizeof(float));
        }
    }

    private static float Dot(float* left, float* right, int count)
    {
        Vector256<float> sums = Vector256<float>.Zero;
        int n = 0;
        for (; n <= count - Width; n += Width)
        {
            sums = Vector256.FusedMultiplyAdd(Vector256.Load(left + n), Vector256.Load(right + n), sums);
        }

        float sum = Lanes.Sum(Lanes.Fold(sums));
        for (; n < count; n++)
        {
            sum = MathF.FusedMultiplyAdd(left[n], right[n], sum);
        }

        return sum;
    }

    private static void Subtract(float scale, float* row, float* target, int count)
    {
        Vector256<float> negative = Vector256.Create(-scale);
        int n = 0;
        for (; n <= count - Width; n += Width)
        {
            Vector256.FusedMultiplyAdd(negative, Vector256.Load(row + n), Vector256.Load(target + n)).Store(target + n);
        }

        for (; n < count; n++)
        {
            target[n] = MathF.FusedMultiplyAdd(-scale, row[n], target[n]);
        }
    }

    private static void IfNotTriangle(ReadOnlySpan<float> packed, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        KernelThrow.IfLengthDiffers(packed.Length, PackedTriangle.Length(order), nameof(packed));
    }
}
