using Strata.Backbone.Graph.Onnx;
using Strata.Backbone.Models;

namespace Strata.Backbone.Graph;

/// <summary>What a single node must satisfy before the graph is looked at.</summary>
internal static class NodeChecks
{
    private const int MaxNodeValues = 1024;
    private const int MaxAttributes = 64;

    public static NodeProto Checked(NodeProto node, string fileName, ModelLimits limits)
    {
        CheckName(node.Name, fileName, limits);
        CheckName(node.OpType, fileName, limits);
        CheckName(node.Domain, fileName, limits);
        if (node.OpType.Length == 0 || node.Output.Count == 0 || node.Input.Count > MaxNodeValues || node.Output.Count > MaxNodeValues || node.Attribute.Count > MaxAttributes)
        {
            throw Invalid(fileName, node, "has no operator, no output, or too many inputs, outputs or attributes");
        }

        foreach (var name in node.Input.Concat(node.Output))
        {
            CheckName(name, fileName, limits);
        }

        // The operators that cutting looks into; the runtime checks the others.
        if (node.Domain.Length == 0 && RequiredInputs(node.OpType) is var required && (node.Input.Take(required).Count(i => i.Length > 0) < required || (required > 0 && node.Output[0].Length == 0)))
        {
            throw Invalid(fileName, node, $"needs {required} inputs and an output");
        }

        foreach (var attribute in node.Attribute)
        {
            CheckAttribute(attribute, node, fileName, limits);
        }

        return node;
    }

    public static void CheckName(string name, string fileName, ModelLimits limits)
    {
        if (name.Length > limits.MaxNameLength || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"{fileName} has a name of {name.Length} characters or one with a zero character.");
        }
    }

    private static int RequiredInputs(string opType) => opType switch
    {
        "Shape" or "Size" or "Cast" or "Identity" or "Transpose" or "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" or "Tanh" => 1,
        "Add" or "Sub" or "Mul" or "Div" or "MatMul" or "Gemm" or "Gather" => 2,
        _ => 0,
    };

    private static void CheckAttribute(AttributeProto attribute, NodeProto node, string fileName, ModelLimits limits)
    {
        CheckName(attribute.Name, fileName, limits);
        if (attribute.HasG || attribute.Graphs.Count > 0 || attribute.Type is 5 or 10)
        {
            throw new BackboneException(BackboneError.ModelUnsupported, node.OpType == "If"
                ? $"{fileName} branches inside the graph (If), as 'merged' decoders do. Export it as one decoder with past inputs instead of a merged one."
                : $"{fileName} has a sub-graph ({node.OpType}). Export it with loops unrolled.");
        }

        if (attribute.HasRefAttrName || attribute.HasSparseTensor || attribute.SparseTensors.Count > 0 || attribute.HasTp || attribute.TypeProtos.Count > 0)
        {
            throw new BackboneException(BackboneError.ModelUnsupported, $"{fileName}: node '{node.Name}' ({node.OpType}) has a sparse, typed or referring attribute.");
        }

        if (attribute.T is not null || attribute.Tensors.Count > 0)
        {
            foreach (var tensor in attribute.T is null ? attribute.Tensors : attribute.Tensors.Append(attribute.T))
            {
                if (tensor.DataLocation == 1)
                {
                    throw Invalid(fileName, node, "keeps an attribute in another file");
                }

                TensorSizes.CheckInline(tensor, $"{fileName}: constant of node '{node.Name}' ({node.OpType})");
            }
        }
    }

    private static BackboneException Invalid(string fileName, NodeProto node, string what) =>
        new(BackboneError.ModelInvalid, $"{fileName}: node '{node.Name}' ({node.OpType}) {what}.");
}
