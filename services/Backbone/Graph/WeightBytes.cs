using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Graph;

/// <summary>Parts of a weight, from its message or from the file it lies in.</summary>
internal sealed class WeightBytes : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte[] _inline = [];

    public WeightBytes(TensorProto weight, string folder)
    {
        if (weight.DataLocation != 1)
        {
            _inline = weight.HasRawData || weight.FloatData.Count == 0
                ? weight.RawData.ToByteArray()
                : MemoryMarshal.AsBytes<float>(weight.FloatData.ToArray()).ToArray();
            return;
        }

        var (location, offset, length) = ExternalWeights.Target(weight);
        _file = MemoryMappedFile.CreateFromFile(Path.Combine(folder, location), FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
    }

    /// <summary>Copies <paramref name="target"/>'s length of bytes from <paramref name="offset"/> of the weight.</summary>
    public void Read(long offset, Span<byte> target)
    {
        if (_view is null)
        {
            _inline.AsSpan((int)offset, target.Length).CopyTo(target);
        }
        else
        {
            _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(_view.PointerOffset + offset), target);
        }
    }

    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
    }
}
