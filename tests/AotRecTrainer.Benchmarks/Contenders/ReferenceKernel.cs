using System.Runtime.InteropServices;

namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>The C kernel of <c>native/</c>, from the shared library that it was compiled to.</summary>
internal sealed unsafe class ReferenceKernel
{
    private readonly delegate* unmanaged<Problem*, int, int, double> _gradient256;
    private readonly delegate* unmanaged<Problem*, int, int, double> _gradient512;

    public ReferenceKernel(string path)
    {
        nint library = NativeLibrary.Load(path);
        _gradient256 = (delegate* unmanaged<Problem*, int, int, double>)NativeLibrary.GetExport(library, "reference_gradient_256");
        _gradient512 = (delegate* unmanaged<Problem*, int, int, double>)NativeLibrary.GetExport(library, "reference_gradient_512");
    }

    /// <summary>Whether there is a body of this width for this number of factors.</summary>
    public bool Has(int width, int factors)
    {
        var none = new Problem { Factors = factors };
        return Gradient(width, &none, 0, 0) >= 0;
    }

    /// <summary>Squared error of the users of a range; gradients as <c>reference.h</c> says.</summary>
    public double Gradient(int width, Problem* problem, int from, int to) =>
        width == 512 ? _gradient512(problem, from, to) : _gradient256(problem, from, to);

    /// <summary>The struct of <c>reference.h</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Problem
    {
        public int Factors;
        public float Mean;
        public int* Offsets;
        public int* Items;
        public float* Ratings;
        public float* UserFactors;
        public float* UserBiases;
        public float* ItemFactors;
        public float* ItemBiases;
        public float* UserGradient;
        public float* UserBiasGradient;
        public float* ItemGradient;
        public float* ItemBiasGradient;
    }
}
