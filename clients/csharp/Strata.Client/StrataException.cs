using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Strata.Client;

/// <summary>A call failed. Branch on <see cref="Reason"/>; docs/errors.md lists the reasons.</summary>
public sealed class StrataException : Exception
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    private StrataException(RpcStatus status, Exception? cause)
        : base(status.Message, cause)
    {
        Code = (StatusCode)status.Code;
        try
        {
            foreach (var detail in status.Details)
            {
                if (detail.TryUnpack<ErrorInfo>(out var info))
                {
                    (Reason, Domain, Metadata) = (info.Reason, info.Domain, info.Metadata.ToDictionary());
                }
                else if (detail.TryUnpack<BadRequest>(out var request))
                {
                    Violations = [.. request.FieldViolations.Select(violation => new FieldViolation(violation.Field, violation.Description))];
                }
                else if (detail.TryUnpack<RetryInfo>(out var retry))
                {
                    RetryDelay = retry.RetryDelay.ToTimeSpan();
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // Not details of ours: code and message say what happened.
        }
    }

    /// <summary>The gRPC status code.</summary>
    public StatusCode Code { get; }

    /// <summary>The cause, UPPER_SNAKE_CASE. Empty for a status that gRPC itself made.</summary>
    public string Reason { get; } = "";

    /// <summary>Who defines the reason: <c>strata.dev</c>. Empty without a reason.</summary>
    public string Domain { get; } = "";

    /// <summary>The dynamic values of the message; units are part of the key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>The fields that break the contract; empty if the error is not about fields.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; } = [];

    /// <summary>Least time to wait before a retry; null if a retry does not help.</summary>
    public TimeSpan? RetryDelay { get; }

    internal static StrataException From(RpcStatus status) => new(status, null);

    internal static StrataException From(RpcException failure) =>
        new(Details(failure) ?? new RpcStatus { Code = (int)CodeOf(failure), Message = failure.Status.Detail }, failure);

    // A connection that cannot be made or used, such as a handshake that fails, is INTERNAL here unless a socket failed, and
    // UNAVAILABLE in the gRPC libraries of other languages.
    private static StatusCode CodeOf(RpcException failure) =>
        failure is { StatusCode: StatusCode.Internal, Status.DebugException: HttpRequestException } ? StatusCode.Unavailable : failure.StatusCode;

    private static RpcStatus? Details(RpcException failure)
    {
        try
        {
            return failure.Trailers.GetValueBytes(DetailsTrailer) is { } bytes ? RpcStatus.Parser.ParseFrom(bytes) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null; // Not a trailer of ours: the status alone says what happened.
        }
    }
}
