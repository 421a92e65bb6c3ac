// Explains one text: what each layer would have answered, then the decision.
// usage: dotnet run --project clients/csharp/examples/Decode -- 127.0.0.1:50051 "I have no idea what to say"
using Strata.Client;
using Strata.Contracts.Decoding.V1;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: strata-example-decode HOST:PORT TEXT");
    return 2;
}

using var client = StrataClient.Connect(args[0]);
try
{
    await foreach (var message in client.ExplainAsync(new DecodeRequest { Text = args[1] }))
    {
        switch (message.EventCase)
        {
            case ExplainStreamResponse.EventOneofCase.Point:
                Console.WriteLine($"layer {message.Point.Layer}: {message.Point.Label}");
                break;
            case ExplainStreamResponse.EventOneofCase.Outcome:
                var result = message.Outcome.Result;
                Console.WriteLine($"decoded: {result.Label} {result.Probability:F2} (last layer alone: {result.PlainLabel})");
                break;
        }
    }

    return 0;
}
catch (StrataException error)
{
    Console.Error.WriteLine($"{error.Code} {error.Reason}: {error.Message}");
    return 1;
}
