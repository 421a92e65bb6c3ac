using Strata.Decoding.Service;
using Strata.Decoding.Service.Options;
using Strata.ServiceDefaults.Health;
using Strata.ServiceDefaults.Hosting;

try
{
    if (args.Contains(HealthProbe.Argument))
    {
        return await HealthProbe.RunAsync(args, DecodingOptions.Section, new DecodingOptions().Listen);
    }

    await using var app = DecodingHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFailure.Describe(exception) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return StartupFailure.ExitCode;
}
