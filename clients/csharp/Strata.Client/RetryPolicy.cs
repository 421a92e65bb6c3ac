using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Grpc.Health.V1;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using GrpcRetryPolicy = Grpc.Net.Client.Configuration.RetryPolicy;

namespace Strata.Client;

/// <summary>Which calls are made again, the same in every language: idempotent unary ones, on UNAVAILABLE only, never a stream.</summary>
internal static class RetryPolicy
{
    public static ServiceConfig ServiceConfig()
    {
        var method = new MethodConfig
        {
            RetryPolicy = new GrpcRetryPolicy
            {
                MaxAttempts = 4,
                InitialBackoff = TimeSpan.FromMilliseconds(50),
                MaxBackoff = TimeSpan.FromSeconds(1),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var name in Names())
        {
            method.Names.Add(name);
        }

        return new ServiceConfig { MethodConfigs = { method } };
    }

    private static IEnumerable<MethodName> Names() =>
    [
        .. Of(DecodingService.Descriptor.FullName, "Decode", "BatchDecode", "ListBackbones", "CreateContext", "GetContext", "ListContexts", "PinContext"),
        .. Of(BackboneService.Descriptor.FullName, "GetModel", "ListModels", "Tokenize"),
        .. Of(Health.Descriptor.FullName, "Check"),
    ];

    private static IEnumerable<MethodName> Of(string service, params string[] methods) =>
        methods.Select(method => new MethodName { Service = service, Method = method });
}
