using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.Hosting;

namespace Strata.ServiceDefaults.Reflection;

/// <summary><c>grpc.reflection.v1alpha.ServerReflection</c>: the bytes of its messages are those of v1.</summary>
internal sealed class ReflectionAlphaRpc(ReflectionAnswers answers, IHostApplicationLifetime lifetime) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        await foreach (var question in requestStream.ReadUntilAsync(lifetime.ApplicationStopping, context.CancellationToken))
        {
            var answer = answers.Answer(Grpc.Reflection.V1.ServerReflectionRequest.Parser.ParseFrom(question.ToByteArray()));
            await responseStream.WriteAsync(ServerReflectionResponse.Parser.ParseFrom(answer.ToByteArray()), context.CancellationToken);
        }
    }
}
