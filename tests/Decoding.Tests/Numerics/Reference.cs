namespace Strata.Decoding.Tests.Numerics;

/// <summary>The kernels as one would write them first: one element at a time, in float64.</summary>
internal static class Reference
{
    public static double LogSumExp(double[] x)
    {
        var max = x.Max();
        if (double.IsInfinity(max))
        {
            return max;
        }

        var sum = 0.0;
        foreach (var value in x)
        {
            sum += Math.Exp(value - max);
        }

        return max + Math.Log(sum);
    }

    public static double[] LogSoftmax(double[] x)
    {
        var logSum = LogSumExp(x);
        return [.. x.Select(value => value - logSum)];
    }

    public static double[] Softmax(double[] x) => [.. LogSoftmax(x).Select(Math.Exp)];

    public static double Entropy(double[] p) => -p.Sum(value => value == 0 ? 0 : value * Math.Log(value));

    public static double Cosine(double[] p, double[] q)
    {
        double dot = 0, pp = 0, qq = 0;
        for (var i = 0; i < p.Length; i++)
        {
            dot += p[i] * q[i];
            pp += p[i] * p[i];
            qq += q[i] * q[i];
        }

        return 1 - (dot / Math.Sqrt(pp) / Math.Sqrt(qq) / 2);
    }

    public static double JensenShannon(double[] p, double[] q)
    {
        var m = Midpoint(p, q);
        return (KullbackLeibler(p, m) + KullbackLeibler(q, m)) / 2;
    }

    public static double MidpointKl(double[] p, double[] q)
    {
        var m = Midpoint(p, q);
        return (KullbackLeibler(m, p) + KullbackLeibler(m, q)) / 2 / p.Length;
    }

    private static double[] Midpoint(double[] p, double[] q) => [.. p.Zip(q, (a, b) => (a + b) / 2)];

    private static double KullbackLeibler(double[] p, double[] q)
    {
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            sum += p[i] == 0 ? 0 : p[i] * Math.Log(p[i] / q[i]);
        }

        return sum;
    }
}
