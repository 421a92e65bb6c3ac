using System.Text.Json;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>A value of the file with its place, so that every message names the place.</summary>
/// <param name="Element">The value.</param>
/// <param name="Parent">Path of the value, or of the array that it is an element of.</param>
/// <param name="Index">Its index in that array, or -1.</param>
internal readonly record struct JsonSection(JsonElement Element, string Parent, int Index = -1)
{
    /// <summary>The place, such as <c>$.model.merges[3]</c>; built on demand, for there can be millions.</summary>
    public string Path => Index < 0 ? Parent : $"{Parent}[{Index}]";

    /// <summary>A member, or null if it is absent or null.</summary>
    public JsonSection? Find(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new JsonSection(value, $"{Path}.{name}")
            : null;
    }

    public JsonSection Get(string name) => Find(name) ?? throw Invalid($"lacks \"{name}\"");

    /// <summary>The <c>type</c> of a component.</summary>
    public string Type => Get("type").Text();

    public string Text()
    {
        Require(JsonValueKind.String, "a string");
        return Element.GetString()!;
    }

    public string Text(string name) => Get(name).Text();

    public bool Flag(string name) => Find(name) is { } value ? value.Flag() : throw Invalid($"lacks \"{name}\"");

    public bool Flag(string name, bool absent) => Find(name)?.Flag() ?? absent;

    public int Number(string name) => Get(name).Number();

    public int Number()
    {
        Require(JsonValueKind.Number, "a number");
        return Element.TryGetInt32(out var value) && value >= 0 ? value : throw Invalid("is not a whole number from 0 to 2147483647");
    }

    /// <summary>The elements of an array, each with its place.</summary>
    public IEnumerable<JsonSection> Items(int limit)
    {
        Require(JsonValueKind.Array, "an array");
        if (Element.GetArrayLength() > limit)
        {
            throw Invalid($"has more than {limit} elements");
        }

        return Enumerate(Element, Path);
    }

    public BackboneException Invalid(string problem) => TokenizerErrors.Invalid(Path, problem);

    public BackboneException Unsupported(string what, string supported) => TokenizerErrors.Unsupported(Path, what, supported);

    public void Require(JsonValueKind kind, string name)
    {
        if (Element.ValueKind != kind)
        {
            throw Invalid($"is not {name}");
        }
    }

    private static IEnumerable<JsonSection> Enumerate(JsonElement array, string path)
    {
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            yield return new JsonSection(item, path, index++);
        }
    }

    private bool Flag() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Invalid("is not true or false"),
    };
}
