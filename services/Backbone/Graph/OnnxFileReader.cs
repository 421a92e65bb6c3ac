using Google.Protobuf;
using Strata.Backbone.Graph.Onnx;
using Strata.Backbone.Models;

namespace Strata.Backbone.Graph;

/// <summary>Reads an ONNX file without loading its weights: files of any size parse, and the runtime later maps the weights from where they lie.</summary>
internal sealed class OnnxFileReader
{
    /// <summary>Weights of at least this many bytes stay in the file.</summary>
    private const long MinExternalBytes = 64 << 10;

    private readonly string _fileName;
    private readonly WireReader _wire;
    private readonly ExternalWeights _weights;
    private readonly ModelLimits _limits;
    private readonly CancellationToken _cancellation;
    private readonly List<NodeProto> _nodes = [];
    private readonly List<ValueInfoProto> _inputs = [];
    private readonly List<ValueInfoProto> _outputs = [];
    private readonly List<OperatorSetIdProto> _opsets = [];
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);
    private long _irVersion;
    private long _inlineBytes;

    private OnnxFileReader(FileStream file, string path, ModelLimits limits, CancellationToken cancellation)
    {
        _fileName = Path.GetFileName(path);
        _wire = new WireReader(file, _fileName);
        _weights = new ExternalWeights(path);
        _limits = limits;
        _cancellation = cancellation;
    }

    /// <exception cref="BackboneException">ModelFilesMissing, ModelInvalid or ModelUnsupported, with what is wrong.</exception>
    public static OnnxFile Read(string path, ModelLimits limits, CancellationToken cancellation = default)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return new OnnxFileReader(file, path, limits, cancellation).ReadModel();
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"{Path.GetFileName(path)} is not a well-formed ONNX file. Export or download it again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException(BackboneError.ModelFilesMissing, $"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }

    private OnnxFile ReadModel()
    {
        var graphs = 0;
        while (_wire.TryReadTag(_wire.Length, out var field, out var wireType))
        {
            switch (field, wireType)
            {
                case (1, 0):
                    _irVersion = (long)_wire.ReadVarint(_wire.Length);
                    break;
                case (7, 2) when ++graphs == 1:
                    ReadGraph(_wire.ReadLength(_wire.Length));
                    break;
                case (7, 2):
                    throw _wire.Malformed("it holds more than one graph");
                case (8, 2):
                    Bound(_opsets.Count, 64, "operator sets");
                    _opsets.Add(OperatorSetIdProto.Parser.ParseFrom(ReadInline(_wire.Length, "an operator set")));
                    break;
                case (25, 2):
                    throw new BackboneException(BackboneError.ModelUnsupported, $"{_fileName} defines functions of its own. Export it with functions inlined.");
                default:
                    _wire.SkipField(wireType, _wire.Length);
                    break;
            }
        }

        if (graphs == 0 || _nodes.Count == 0 || _irVersion is < 3 or > 1000 || _opsets.Count == 0)
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"{_fileName} is not an ONNX model: it lacks a graph with nodes, a format version or an operator set.");
        }

        return new OnnxFile
        {
            WeightFolder = _weights.Folder,
            IrVersion = _irVersion,
            OpsetImports = _opsets,
            Nodes = _nodes,
            Initializers = _initializers,
            Inputs = _inputs,
            Outputs = _outputs,
            ExternalFiles = _weights.Paths,
        };
    }

    private void ReadGraph(long end)
    {
        while (_wire.TryReadTag(end, out var field, out var wireType))
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (field, wireType)
            {
                case (1, 2):
                    Bound(_nodes.Count, _limits.MaxNodes, "nodes");
                    _nodes.Add(NodeChecks.Checked(NodeProto.Parser.ParseFrom(ReadInline(end, "a node")), _fileName, _limits));
                    break;
                case (5, 2):
                    Bound(_initializers.Count, _limits.MaxInitializers, "initializers");
                    ReadInitializer(_wire.ReadLength(end));
                    break;
                case (11, 2):
                    Bound(_inputs.Count, _limits.MaxInitializers + _limits.MaxGraphValues, "inputs");
                    _inputs.Add(ReadValue(end));
                    break;
                case (12, 2):
                    Bound(_outputs.Count, _limits.MaxGraphValues, "outputs");
                    _outputs.Add(ReadValue(end));
                    break;
                case (15, 2):
                    throw new BackboneException(BackboneError.ModelUnsupported, $"{_fileName} has sparse weights. Export it with dense weights.");
                default:
                    // Intermediate types (13) are inferred again for each stage.
                    _wire.SkipField(wireType, end);
                    break;
            }
        }
    }

    private void ReadInitializer(long end)
    {
        var start = _wire.Position;
        var (tagStart, rawStart, rawEnd) = FindRawData(end);
        _wire.SkipTo(start);
        TensorProto tensor;
        if (rawEnd - rawStart >= MinExternalBytes)
        {
            // The message around the payload, without the payload.
            tensor = TensorProto.Parser.ParseFrom(Inline(tagStart, "a weight's header"));
            _wire.SkipTo(rawEnd);
            tensor.MergeFrom(Inline(end, "a weight's header"));
        }
        else
        {
            tensor = TensorProto.Parser.ParseFrom(Inline(end, "a weight"));
        }

        NodeChecks.CheckName(tensor.Name, _fileName, _limits);
        var where = $"{_fileName}: weight '{tensor.Name}'";
        if (rawEnd - rawStart >= MinExternalBytes)
        {
            if (tensor.HasRawData || tensor.DataLocation == 1)
            {
                throw _wire.Malformed($"weight '{tensor.Name}' has its data twice");
            }

            TensorSizes.CheckedBytes(tensor, rawEnd - rawStart, where);
            ExternalWeights.Refer(tensor, _weights.ModelLocation, rawStart, rawEnd - rawStart);
        }
        else if (tensor.DataLocation == 1)
        {
            _weights.Confine(tensor, where);
        }
        else
        {
            TensorSizes.CheckInline(tensor, where);
        }

        if (tensor.Name.Length == 0 || !_initializers.TryAdd(tensor.Name, tensor))
        {
            throw _wire.Malformed($"weight '{tensor.Name}' is there twice or has no name");
        }
    }

    /// <summary>Bounds of raw_data within a tensor: where its tag begins, and its bytes.</summary>
    private (long TagStart, long Start, long End) FindRawData(long end)
    {
        var tagStart = _wire.Position;
        while (_wire.TryReadTag(end, out var field, out var wireType))
        {
            if (field == 9 && wireType == 2)
            {
                var rawEnd = _wire.ReadLength(end);
                return (tagStart, _wire.Position, rawEnd);
            }

            _wire.SkipField(wireType, end);
            tagStart = _wire.Position;
        }

        return (end, end, end);
    }

    private ValueInfoProto ReadValue(long end)
    {
        var value = ValueInfoProto.Parser.ParseFrom(ReadInline(end, "an input or output"));
        NodeChecks.CheckName(value.Name, _fileName, _limits);
        if (value.Name.Length == 0 || value.Type?.TensorType?.Shape?.Dim.Count > 16)
        {
            throw _wire.Malformed("an input or output has no name or an absurd rank");
        }

        return value;
    }

    private byte[] ReadInline(long end, string what) => Inline(_wire.ReadLength(end), what);

    private byte[] Inline(long end, string what)
    {
        var bytes = _wire.ReadBytes(end, _limits.MaxInlineBytes - _inlineBytes, what);
        _inlineBytes += bytes.Length;
        return bytes;
    }

    private void Bound(int count, int limit, string what)
    {
        if (count >= limit)
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"{_fileName} has more than {limit} {what}.");
        }
    }
}
