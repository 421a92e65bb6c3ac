using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Service.Options;

namespace Strata.Backbone.Service.Models;

/// <summary>The models this host serves, by name. Fixed after start.</summary>
internal sealed class ModelRegistry : IDisposable
{
    private readonly SortedDictionary<string, ServedModel> _models = new(StringComparer.Ordinal);

    private ModelRegistry()
    {
    }

    /// <summary>Hosted models by name, ascending.</summary>
    public IReadOnlyCollection<ServedModel> Models => _models.Values;

    /// <summary>Loads every configured model; any failure disposes what was loaded and is thrown on.</summary>
    public static ModelRegistry Load(BackboneOptions options, InferenceRuntime runtime, Action<string>? progress)
    {
        var registry = new ModelRegistry();
        try
        {
            foreach (var (name, folder) in options.Models)
            {
                if (!IsName(name))
                {
                    throw new BackboneException(
                        BackboneError.ArgumentInvalid,
                        $"Model name \"{name}\" is not 1 to 63 characters of a-z, 0-9, '.', '_' and '-'.");
                }

                progress?.Invoke($"loading {name} from {folder}");
                registry._models.Add(name, new ServedModel(HostedModel.Load(name, folder, runtime, progress: progress), options));
            }

            return registry;
        }
        catch
        {
            registry.Dispose();
            throw;
        }
    }

    /// <summary>Finds a model; an empty name means the only one.</summary>
    public ServedModel Get(string name)
    {
        if (name.Length == 0)
        {
            return _models.Count == 1
                ? _models.Values.First()
                : throw new BackboneException(
                    BackboneError.ArgumentInvalid,
                    $"Several models are hosted; name one of {string.Join(", ", _models.Keys)}.");
        }

        return _models.TryGetValue(name, out var model)
            ? model
            : throw new BackboneException(
                BackboneError.ModelNotFound,
                $"No model \"{name}\" is hosted here; hosted are {string.Join(", ", _models.Keys)}.")
            {
                Metadata = new Dictionary<string, string> { ["model"] = name },
            };
    }

    public void Dispose()
    {
        foreach (var model in _models.Values)
        {
            model.Dispose();
        }
    }

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= 63 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-');
}
