using System.Diagnostics;

namespace Grpc.Core;

/// <summary>Outcome of a call: a code, a text for humans and, on the client, the exception behind it.</summary>
[DebuggerDisplay("{DebuggerToString(),nq}")]
public struct Status
{
    /// <summary>OK with an empty detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancelled with an empty detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>Creates a status.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">Text sent to the peer.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Creates a status that remembers its cause.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">Text sent to the peer.</param>
    /// <param name="debugException">Local cause; never sent to the peer.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The text.</summary>
    public string Detail { get; }

    /// <summary>Local cause, or null; for debugging only.</summary>
    public Exception? DebugException { get; }

    /// <summary>Code, detail and local cause in one line.</summary>
    /// <returns>For example <c>Status(StatusCode="NotFound", Detail="no such model")</c>.</returns>
    public override readonly string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";

    private readonly string DebuggerToString() => ToString();
}
