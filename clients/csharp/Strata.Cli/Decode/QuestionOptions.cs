using System.CommandLine;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Decode;

/// <summary>The options that say how a text is decided; unset ones leave the server's defaults.</summary>
internal sealed class QuestionOptions
{
    private readonly Option<string> _backbone = new("--backbone", "-b") { Description = "Backbone by its name in Decoding's configuration. Default: the server's.", DefaultValueFactory = _ => "" };
    private readonly Option<string> _context = new("--context", "-c") { Description = "Id of a compiled context that the text continues.", DefaultValueFactory = _ => "" };
    private readonly Option<string[]> _labels = new("--label", "-l") { Description = "A label, NAME or NAME=WORD,WORD with the words that stand for it; repeat it. Default: all labels of the model.", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _allTokens = new("--all-tokens") { Description = "Score words of several tokens by all of them, not by the first." };
    private readonly Option<Method> _method = new("--method", "-m") { Description = "plain (the last layer), contrastive or extrapolation. Default: the server's, extrapolation." };
    private readonly Option<LayerSelection> _selection = new("--layer-selection") { Description = "How the amateur layer is chosen: max-cosine-distance, max-jensen-shannon, max-midpoint-kl or fixed." };
    private readonly Option<int?> _amateur = new("--amateur-layer") { Description = "The amateur layer, with --layer-selection fixed." };
    private readonly Option<string?> _candidates = new("--candidate-layers") { Description = "Layers the amateur is chosen from: FIRST-LAST or a list such as 1,3,5." };
    private readonly Option<double?> _alpha = new("--alpha") { Description = "Plausibility: labels below alpha times the expert's best are out. 0 to 1." };
    private readonly Option<double?> _beta = new("--beta") { Description = "Weight of the contrast; with extrapolation a fixed beta instead of the dynamic one." };
    private readonly Option<double?> _betaCap = new("--beta-cap") { Description = "Most that a dynamic beta may be." };
    private readonly Option<double?> _target = new("--target-layer") { Description = "Layer to extrapolate to, at or beyond the last one; 12.5 is one too." };
    private readonly Option<double?> _beyond = new("--target-layers-beyond") { Description = "The same, counted from the last layer." };

    public IEnumerable<Option> All =>
        [_backbone, _context, _labels, _allTokens, _method, _selection, _amateur, _candidates, _alpha, _beta, _betaCap, _target, _beyond];

    public QuestionOptions()
    {
        WireName.Accept(_method);
        WireName.Accept(_selection);
    }

    /// <summary>A request without its text.</summary>
    /// <exception cref="UsageException">An option cannot be read.</exception>
    public DecodeRequest Read(ParseResult arguments)
    {
        var request = new DecodeRequest { Backbone = arguments.GetRequiredValue(_backbone), ContextId = arguments.GetRequiredValue(_context) };
        var labels = arguments.GetRequiredValue(_labels);
        if (labels.Length > 0 || arguments.GetValue(_allTokens))
        {
            request.LabelSet = LabelArgument.SetOf(labels, arguments.GetValue(_allTokens));
        }

        var parameters = ReadParameters(arguments);
        if (!parameters.Equals(new DecodeParameters()))
        {
            request.Parameters = parameters;
        }

        return request;
    }

    private DecodeParameters ReadParameters(ParseResult arguments)
    {
        var parameters = new DecodeParameters
        {
            Method = arguments.GetValue(_method),
            LayerSelection = arguments.GetValue(_selection),
            CandidateLayers = arguments.GetValue(_candidates) is { } layers ? CandidateArgument.Read(layers) : null,
        };
        Set(_amateur, value => parameters.AmateurLayer = value);
        Set(_alpha, value => parameters.PlausibilityAlpha = value);
        Set(_beta, value => parameters.Beta = value);
        Set(_betaCap, value => parameters.BetaCap = value);
        Set(_target, value => parameters.TargetLayer = value);
        Set(_beyond, value => parameters.TargetLayersBeyond = value);
        return arguments.GetValue(_target) is null || arguments.GetValue(_beyond) is null
            ? parameters
            : throw new UsageException("--target-layer and --target-layers-beyond say the same thing; give one of them.");

        void Set<T>(Option<T?> option, Action<T> assign) where T : struct
        {
            if (arguments.GetValue(option) is { } value)
            {
                assign(value);
            }
        }
    }
}
