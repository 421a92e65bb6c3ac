// The executor of the conformance suite: one case a line on stdin, its result a line on stdout.
using System.Text.Json;
using Strata.Client;
using Strata.Client.Conformance;

string? Given(string name) => args.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();
string Option(string name) => Given(name)
    ?? throw new ArgumentException($"usage: strata-conformance-csharp --decoding HOST:PORT --backbone HOST:PORT [--tls HOST:PORT --ca FILE --cert FILE --key FILE] [--api-key KEY] ({name} is missing)");

var plain = new ConnectOptions { ApiKey = Given("--api-key") };
var secured = plain with { CaFile = Given("--ca"), ClientCertificateFile = Given("--cert"), ClientKeyFile = Given("--key") };
using var decoding = StrataClient.Connect(Option("--decoding"), plain);
using var decodingTls = StrataClient.Connect(Given("--tls") ?? Option("--decoding"), secured);
using var backbone = BackboneClient.Connect(Option("--backbone"), plain);
var executor = new Executor(decoding, decodingTls, backbone);
while (await Console.In.ReadLineAsync() is { } line)
{
    Console.WriteLine(await executor.RunAsync(JsonDocument.Parse(line).RootElement));
}
