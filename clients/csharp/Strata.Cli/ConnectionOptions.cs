using System.CommandLine;
using Strata.Client;

namespace Strata.Cli;

/// <summary>The options that every command which calls a server takes: where it is, how to reach it, how to print.</summary>
internal sealed class ConnectionOptions
{
    public Option<string> Address { get; } = new("--address", "-a")
    {
        Description = "Decoding's HOST:PORT or http(s) address; environment: STRATA_ADDRESS.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("STRATA_ADDRESS") ?? "127.0.0.1:50051",
        Recursive = true,
    };

    public Option<string> BackboneAddress { get; } = new("--backbone-address")
    {
        Description = "Backbone's HOST:PORT or http(s) address, for models, swap and layer streams; environment: STRATA_BACKBONE_ADDRESS.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("STRATA_BACKBONE_ADDRESS") ?? "127.0.0.1:50052",
        Recursive = true,
    };

    public Option<bool> Tls { get; } = new("--tls") { Description = "Encrypt; --ca and --cert imply it.", Recursive = true };

    public Option<string?> Ca { get; } = new("--ca") { Description = "PEM file of the authorities to trust instead of the system's.", Recursive = true };

    public Option<string?> Certificate { get; } = new("--cert") { Description = "PEM file of this client's certificate.", Recursive = true };

    public Option<string?> Key { get; } = new("--key") { Description = "PEM file of its key.", Recursive = true };

    public Option<double> Timeout { get; } = new("--timeout") { Description = "Seconds a unary call may take.", DefaultValueFactory = _ => 30, Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON for programs; one object a line where there are several.", Recursive = true };

    public ConnectionOptions() => Timeout.Accept(NumberRange.IsTime, "seconds above 0");

    public IEnumerable<Option> All => [Address, BackboneAddress, Tls, Ca, Certificate, Key, Timeout, Json];

    public StrataClient Decoding(ParseResult arguments, bool retry = true) =>
        StrataClient.Connect(arguments.GetRequiredValue(Address), Connect(arguments) with { Retry = retry });

    public BackboneClient Backbone(ParseResult arguments, bool retry = true) =>
        BackboneClient.Connect(arguments.GetRequiredValue(BackboneAddress), Connect(arguments) with { Retry = retry });

    // A key on the command line would be readable in the list of processes.
    private ConnectOptions Connect(ParseResult arguments) => new()
    {
        Tls = arguments.GetValue(Tls),
        CaFile = arguments.GetValue(Ca),
        ClientCertificateFile = arguments.GetValue(Certificate),
        ClientKeyFile = arguments.GetValue(Key),
        ApiKey = Environment.GetEnvironmentVariable("STRATA_API_KEY"),
        DefaultDeadline = TimeSpan.FromSeconds(arguments.GetRequiredValue(Timeout)),
    };
}
