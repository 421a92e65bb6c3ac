using System.Collections.Immutable;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Service.Options;
using Strata.Leases;

namespace Strata.Backbone.Service.Models;

/// <summary>The models this host serves, by name. The names are fixed after start, the models behind them can be swapped.</summary>
internal sealed class ModelRegistry : IDisposable
{
    private ImmutableSortedDictionary<string, ServedModel> _models = ImmutableSortedDictionary.Create<string, ServedModel>(StringComparer.Ordinal);

    private ModelRegistry()
    {
    }

    /// <summary>Hosted models by name, ascending.</summary>
    public IReadOnlyCollection<ServedModel> Models => [.. Volatile.Read(ref _models).Values];

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
                var hosted = HostedModel.Load(name, folder, runtime, progress: progress);
                registry._models = registry._models.Add(name, new ServedModel(hosted, options, generation: 1));
            }

            return registry;
        }
        catch
        {
            registry.Dispose();
            throw;
        }
    }

    /// <summary>Finds a model to describe; an empty name means the only one. To run it, <see cref="Lease"/> it.</summary>
    public ServedModel Get(string name)
    {
        var models = Volatile.Read(ref _models);
        if (name.Length == 0)
        {
            return models.Count == 1
                ? models.Values.First()
                : throw new BackboneException(
                    BackboneError.ArgumentInvalid,
                    $"Several models are hosted; name one of {string.Join(", ", models.Keys)}.");
        }

        return models.TryGetValue(name, out var model)
            ? model
            : throw new BackboneException(
                BackboneError.ModelNotFound,
                $"No model \"{name}\" is hosted here; hosted are {string.Join(", ", models.Keys)}.")
            {
                Metadata = new Dictionary<string, string> { ["model"] = name },
            };
    }

    /// <summary>Finds a model and keeps it until the lease is disposed.</summary>
    public Lease<ServedModel> Lease(string name)
    {
        // A model that was retired between the two steps has a successor.
        Lease<ServedModel>? lease;
        while ((lease = Get(name).TryLease()) is null)
        {
        }

        return lease;
    }

    /// <summary>Puts another model in the place of one; calls from now on get it.</summary>
    /// <returns>The model replaced, not yet disposed.</returns>
    public ServedModel Replace(ServedModel successor)
    {
        ServedModel? replaced = null;
        ImmutableInterlocked.Update(ref _models, models =>
        {
            replaced = models[successor.Name];
            return models.SetItem(successor.Name, successor);
        });
        return replaced!;
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
