using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.Extensions.Hosting;

namespace Strata.ServiceDefaults.Reflection;

/// <summary><c>grpc.reflection.v1.ServerReflection</c>.</summary>
internal sealed class ReflectionRpc(ReflectionAnswers answers, IHostApplicationLifetime lifetime) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        await foreach (var question in requestStream.ReadUntilAsync(lifetime.ApplicationStopping, context.CancellationToken))
        {
            await responseStream.WriteAsync(answers.Answer(question), context.CancellationToken);
        }
    }
}
