using Grpc.Core;
using Strata.Backbone.Service.Options;
using Strata.Backbone.Service.Rpc;
using Strata.ServiceDefaults.Errors;

namespace Strata.Backbone.Service.Models;

/// <summary>The folder that a caller may name models below.</summary>
internal static class ModelRoot
{
    // What Linux takes as a path. Following the links of thousands of made-up parts costs gigabytes and the stack.
    private const int MaxLength = 4096;

    /// <summary>The absolute path of a folder below the root, links resolved.</summary>
    /// <exception cref="RichErrorException">SWAP_DISABLED: no root is configured.</exception>
    /// <exception cref="BackboneException">ArgumentInvalid: the folder is not below the root.</exception>
    public static string Resolve(BackboneOptions options, string folder)
    {
        if (options.ModelRoot.Length == 0)
        {
            throw new RichErrorException(new RichError(
                StatusCode.FailedPrecondition, "SWAP_DISABLED", "This Backbone does not swap models; set Backbone:ModelRoot to the folder that models may come from."));
        }

        var root = Real(Path.GetFullPath(options.ModelRoot));
        var wanted = folder.Length is 0 or > MaxLength || folder.Contains('\0', StringComparison.Ordinal) ? root : Real(Path.GetFullPath(Path.Combine(root, folder)));
        return wanted.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? wanted
            : throw InputMapping.Invalid("folder", $"\"{folder}\" is not a folder below the model root; send a relative path such as \"emotion-v2\".");
    }

    /// <summary>Follows links in every part of a path; parts that do not exist stay as they are.</summary>
    private static string Real(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        var here = Path.Combine(Real(parent), Path.GetFileName(path));
        try
        {
            return Path.Exists(here) ? new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here : here;
        }
        catch (IOException)
        {
            return here; // links in a circle: there is no model behind them
        }
    }
}
