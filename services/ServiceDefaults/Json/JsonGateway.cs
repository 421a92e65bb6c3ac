using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Hosting;

namespace Strata.ServiceDefaults.Json;

/// <summary>Serves a gRPC service's unary methods and server streams as JSON over HTTP, at the path that gRPC gives the method. Calls
/// go to the same handlers through the same error interceptor.</summary>
/// <param name="routes">Where the routes are added.</param>
/// <param name="errors">Maps exceptions to statuses.</param>
public sealed class JsonGateway(IEndpointRouteBuilder routes, ErrorInterceptor errors) : ServiceBinderBase
{
    /// <summary>Routes begin with this internally, so that they do not meet gRPC's routes of the same path.</summary>
    private const string Prefix = "/json";

    /// <summary>Sends requests with a JSON body to the gateway; call it before routing.</summary>
    /// <param name="app">The host.</param>
    public static void Use(WebApplication app)
    {
        app.Use((http, next) =>
        {
            // By this path a web page could send what the browser lets pass for plain text, unasked.
            if (http.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            // gRPC's own application/grpc+json is not this.
            if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasJsonContentType() && http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
            {
                http.Request.Path = Prefix + http.Request.Path;
            }

            return next(http);
        });
        app.UseRouting();
    }

    /// <summary>Adds a gateway to a service.</summary>
    /// <param name="app">The host.</param>
    /// <param name="bind">The generated BindService of the service, with its implementation.</param>
    public static void Map(WebApplication app, Action<ServiceBinderBase> bind)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(bind);
        bind(new JsonGateway(app, app.Services.GetRequiredService<ErrorInterceptor>()));
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(method);
        routes.MapPost(Prefix + method.FullName, http => AnswerAsync(http, method.FullName, async call =>
        {
            var answer = await errors.UnaryServerHandler(await ReadAsync(method, http, call), call, handler!);
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(JsonMessages.Format((IMessage)answer), call.CancellationToken);
        }));
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(method);
        routes.MapPost(Prefix + method.FullName, http => AnswerAsync(http, method.FullName, async call =>
            await errors.ServerStreamingServerHandler(await ReadAsync(method, http, call), new JsonLines<TResponse>(http.Response, call.CancellationToken), call, handler!)));
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        Refuse(method);

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Refuse(method);

    private void Refuse(IMethod method) => routes.MapPost(Prefix + method.FullName, http => AnswerAsync(http, method.FullName, _ =>
        throw new RichError(StatusCode.Unimplemented, "STREAM_NEEDS_GRPC", $"{method.Name} streams from the client; call it with gRPC.").ToException()));

    private async Task AnswerAsync(HttpContext http, string method, Func<JsonCallContext, Task> answer)
    {
        try
        {
            using var call = new JsonCallContext(http, method, Timeout(http.Request));
            try
            {
                await answer(call);
            }
            catch (Exception failure) when (failure is not RpcException)
            {
                throw errors.Answer(failure, call).ToException();
            }
        }
        catch (Exception failure) when (failure is RpcException or RichErrorException)
        {
            await FailAsync(http, failure as RpcException ?? ((RichErrorException)failure).Error.ToException());
        }
    }

    private static async Task FailAsync(HttpContext http, RpcException failure)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var body = JsonError.Format(failure);
        if (http.Response.HasStarted)
        {
            // A stream has begun: its last line says why it ended.
            await new JsonLines<IMessage>(http.Response, http.RequestAborted).WriteLineAsync(body);
            return;
        }

        http.Response.StatusCode = HttpStatus.Of(failure.StatusCode);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Reads the body up to the limit that gRPC messages have.</summary>
    /// <remarks>A deadline cancels the pending read and not, by its token, the reader, which Kestrel still needs to drain the body.</remarks>
    private static async Task<T> ReadAsync<T, TResponse>(Method<T, TResponse> method, HttpContext http, JsonCallContext call) where T : class
    {
        var limit = StrataWebHost.MaxMessageBytes;
        using var body = new MemoryStream();
        var reader = http.Request.BodyReader;
        using (call.CancellationToken.UnsafeRegister(static pending => ((PipeReader)pending!).CancelPendingRead(), reader))
        {
            for (var complete = false; !complete;)
            {
                var read = await NextAsync(reader, method.Name, http);
                var tooLarge = body.Length + read.Buffer.Length > limit;
                foreach (var segment in tooLarge ? default : read.Buffer)
                {
                    body.Write(segment.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCanceled)
                {
                    throw new OperationCanceledException(call.CancellationToken);
                }

                if (tooLarge)
                {
                    throw new RichErrorException(new RichError(StatusCode.ResourceExhausted, "BODY_TOO_LARGE", $"The body of {method.Name} is larger than {limit} bytes."));
                }

                complete = read.IsCompleted;
            }
        }

        return JsonMessages.Parse<T>(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
    }

    private static async Task<ReadResult> NextAsync(PipeReader reader, string method, HttpContext http)
    {
        try
        {
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (IOException broken) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Chunks that are none, or fewer bytes than announced.
            throw new RichErrorException(new RichError(StatusCode.InvalidArgument, "JSON_INVALID", $"The body of {method} cannot be read: {broken.Message}"), broken);
        }
    }

    private static TimeSpan? Timeout(HttpRequest request)
    {
        var text = request.Headers[JsonCallContext.TimeoutHeader].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new RichErrorException(new RichError(StatusCode.InvalidArgument, "ARGUMENT_INVALID", $"{JsonCallContext.TimeoutHeader} is \"{text}\"; send whole milliseconds, 1 or more."));
    }
}
