namespace Strata.AllInOne;

/// <summary>The models that come with the program.</summary>
internal static class EmbeddedModels
{
    /// <summary>Classifies emotions.</summary>
    public const string Emotion = "emotion";

    /// <summary>Classifies from demonstrations.</summary>
    public const string Learner = "icl";

    /// <summary>The folder of one of them.</summary>
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);
}
