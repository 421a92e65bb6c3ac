namespace Strata.Interop.Tests.Cases;

/// <summary>The cases of gRPC's interoperability tests that every pair of libraries is put through, by the names that gRPC gives them.</summary>
internal static class InteropCase
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "empty_unary",
        "large_unary",
        "client_streaming",
        "server_streaming",
        "ping_pong",
        "empty_stream",
        "cancel_after_begin",
        "cancel_after_first_response",
        "timeout_on_sleeping_server",
        "custom_metadata",
        "status_code_and_message",
        "special_status_message",
        "unimplemented_method",
        "unimplemented_service",
        "client_compressed_unary",
        "client_compressed_streaming",
        "server_compressed_unary",
        "server_compressed_streaming",
    ];

    /// <summary>Cases that end in the client whatever the server does: a wrong server cannot fail them.</summary>
    public static IReadOnlyList<string> EndedByTheClient { get; } = ["cancel_after_begin", "timeout_on_sleeping_server"];
}
