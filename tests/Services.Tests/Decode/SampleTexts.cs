namespace Strata.Services.Tests.Decode;

/// <summary>Texts of different lengths and scripts.</summary>
internal static class SampleTexts
{
    public static readonly string[] All = [
        "You can't change who people are, but you can love them #sadly",
        "thanks!",
        "I have no idea what is going on here, can somebody explain?",
        "ugh",
        "Das ist mir völlig egal 🙃 … 你好",
        "I was so scared that I could not move, and then she laughed and everything was fine again, which I still do not understand",
    ];
}
