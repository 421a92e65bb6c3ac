using System.Globalization;
using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Graph;

/// <summary>References from a tensor to elements that lie in a file, confined to the model's folder.</summary>
internal sealed class ExternalWeights
{
    private readonly string _lexicalFolder;
    private readonly Dictionary<string, (string Location, long Length)> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);

    /// <param name="modelPath">The ONNX file; a link is followed, so that a cache of linked blobs works.</param>
    public ExternalWeights(string modelPath)
    {
        _lexicalFolder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        var resolved = Resolve(modelPath);
        Folder = Path.GetDirectoryName(resolved)!;
        ModelLocation = Path.GetFileName(resolved);
    }

    /// <summary>The folder that all locations are relative to.</summary>
    public string Folder { get; }

    /// <summary>The ONNX file itself, as a location.</summary>
    public string ModelLocation { get; }

    public IReadOnlyList<string> Paths => [.. _paths];

    /// <summary>Makes a tensor refer to <paramref name="length"/> bytes at <paramref name="offset"/> of a file in <see cref="Folder"/>.</summary>
    public static void Refer(TensorProto tensor, string location, long offset, long length)
    {
        tensor.ClearRawData();
        tensor.ExternalData.Clear();
        tensor.DataLocation = 1;
        Add("location", location);
        Add("offset", offset.ToString(CultureInfo.InvariantCulture));
        Add("length", length.ToString(CultureInfo.InvariantCulture));

        void Add(string key, string value) => tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
    }

    /// <summary>Where the elements of a tensor lie.</summary>
    public static (string Location, long Offset, long Length) Target(TensorProto tensor)
    {
        var entries = tensor.ExternalData.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        return (entries["location"], long.Parse(entries["offset"], CultureInfo.InvariantCulture), long.Parse(entries["length"], CultureInfo.InvariantCulture));
    }

    /// <summary>Checks an external reference of the file and rewrites it relative to <see cref="Folder"/>.</summary>
    /// <exception cref="BackboneException">ModelInvalid: the path leaves the folder, or the range leaves the file. ModelFilesMissing: no such file.</exception>
    public void Confine(TensorProto tensor, string where)
    {
        string? location = null;
        long offset = 0;
        long? length = null;
        foreach (var entry in tensor.ExternalData)
        {
            switch (entry.Key)
            {
                case "location":
                    location = entry.Value;
                    break;
                case "offset":
                    offset = ParseSize(entry.Value, where);
                    break;
                case "length":
                    length = ParseSize(entry.Value, where);
                    break;
            }
        }

        var bytes = TensorSizes.CheckedBytes(tensor, length, where);
        var (relative, fileLength) = Locate(location, where);
        if (offset > fileLength || bytes > fileLength - offset)
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"{where} lies at bytes {offset}..{offset + bytes} of '{relative}', which has only {fileLength}. Download it again.");
        }

        Refer(tensor, relative, offset, bytes);
    }

    private static long ParseSize(string value, string where) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= 1L << 50
            ? size
            : throw new BackboneException(BackboneError.ModelInvalid, $"{where} has an external offset or length that is not a number of bytes.");

    private (string Location, long Length) Locate(string? location, string where)
    {
        if (location is not null && _files.TryGetValue(location, out var known))
        {
            return known;
        }

        if (string.IsNullOrEmpty(location) || location.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(location)
            || location.Split('/', '\\').Contains("..", StringComparer.Ordinal))
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"{where} refers to external data outside the model folder. Put the weights beside the ONNX file.");
        }

        var path = Path.Combine(_lexicalFolder, location);
        if (!File.Exists(path))
        {
            throw new BackboneException(BackboneError.ModelFilesMissing, $"{where} refers to '{location}', which is not in the model folder. Copy it there.");
        }

        var resolved = Resolve(path);
        if (!resolved.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"'{location}' is a link that leaves the model folder. Copy the file there instead.");
        }

        _paths.Add(resolved);
        return _files[location] = (Path.GetRelativePath(Folder, resolved), new FileInfo(resolved).Length);
    }

    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.GetFullPath(new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full);
    }
}
