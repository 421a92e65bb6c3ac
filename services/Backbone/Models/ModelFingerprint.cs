using System.Security.Cryptography;

namespace Strata.Backbone.Models;

/// <summary>Names a model by its content: two folders with equal files have equal fingerprints.</summary>
internal static class ModelFingerprint
{
    /// <summary>SHA-256 over the bytes of model.onnx, its external weight files (sorted by path), config.json and tokenizer.json, in lower-case hex.</summary>
    public static string Of(ModelFolder folder, IEnumerable<string> externalFiles, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        string?[] paths = [folder.OnnxPath, .. externalFiles, folder.ConfigPath, folder.TokenizerPath];
        foreach (var path in paths.OfType<string>())
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
