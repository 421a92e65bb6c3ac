using System.Numerics;
using Strata.Decoding.Layers;

namespace Strata.Decoding.Tests.Golden;

public class LayerSelectionGoldenTests
{
    public static TheoryData<string, string> Stacks => MethodStack.In("synthetic", "classifiers", "decoders");

    public static TheoryData<string, string> CosineStacks => MethodStack.In("cosine");

    [Theory, MemberData(nameof(Stacks))]
    public void MaxJensenShannon_Double_MatchesReference(string file, string stack) =>
        Matches<double>(MethodStack.Load(file, stack), LayerSelectionPolicies.MaxJensenShannon, "jsd", "amateur", "jsd_gap");

    [Theory, MemberData(nameof(Stacks))]
    public void MaxJensenShannon_Float_MatchesReference(string file, string stack) =>
        Matches<float>(MethodStack.Load(file, stack), LayerSelectionPolicies.MaxJensenShannon, "jsd", "amateur", "jsd_gap");

    [Theory, MemberData(nameof(Stacks))]
    public void MaxMidpointKl_Double_MatchesReference(string file, string stack) =>
        Matches<double>(MethodStack.Load(file, stack), LayerSelectionPolicies.MaxMidpointKl, "jsd_dola_repo", "amateur_dola_repo", "jsd_dola_repo_gap");

    [Theory, MemberData(nameof(Stacks))]
    public void MaxMidpointKl_Float_MatchesReference(string file, string stack) =>
        Matches<float>(MethodStack.Load(file, stack), LayerSelectionPolicies.MaxMidpointKl, "jsd_dola_repo", "amateur_dola_repo", "jsd_dola_repo_gap");

    [Theory, MemberData(nameof(CosineStacks))]
    public void MaxCosineDistance_Double_MatchesReference(string file, string stack) =>
        Matches<double>(MethodStack.Load(file, stack), LayerSelectionPolicies.MaxCosineDistance, "cosine_distance", "amateur", "distance_gap");

    [Theory, MemberData(nameof(CosineStacks))]
    public void MaxCosineDistance_Float_MatchesReference(string file, string stack) =>
        Matches<float>(MethodStack.Load(file, stack), LayerSelectionPolicies.MaxCosineDistance, "cosine_distance", "amateur", "distance_gap");

    private static void Matches<T>(MethodStack stack, string policy, string distance, string amateur, string gap)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var expected = stack.Doubles(distance);
        var distances = new T[expected.Length];

        var chosen = LayerSelectionPolicies.Create<T>(policy, null).Select(new StackDistributions<T>(stack).View, distances);

        var largest = Math.Max(1, expected.Where(double.IsFinite).DefaultIfEmpty().Max());
        for (var k = 0; k < expected.Length; k++)
        {
            Tolerance.AssertClose(expected[k], double.CreateChecked(distances[k]), Tolerance.Relative<T>() * largest, $"{distance}[{k}]");
        }

        // An exact tie of the reference is one of ours only where its logits tie; the cosine of near-equal layers may round to one.
        var tied = stack.Number(gap) == 0 && typeof(T) == typeof(double) && distance != "cosine_distance";
        if (tied || stack.Number(gap) > Tolerance.ChoiceGap<T>() * largest)
        {
            Assert.Equal(stack.Int(amateur), stack.Candidates[chosen]);
        }
    }
}
