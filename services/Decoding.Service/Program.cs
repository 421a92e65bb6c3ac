using Strata.Decoding.Service;
using Strata.ServiceDefaults.Hosting;

try
{
    await using var app = DecodingHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFailure.Describe(exception) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return StartupFailure.ExitCode;
}
