using Strata.Backbone.Service;
using Strata.Backbone.Service.Options;
using Strata.ServiceDefaults.Health;
using Strata.ServiceDefaults.Hosting;

try
{
    if (args.Contains(HealthProbe.Argument))
    {
        return await HealthProbe.RunAsync(args, BackboneOptions.Section, new BackboneOptions().Listen);
    }

    await using var app = BackboneHost.Build(args, Console.Error.WriteLine);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFailure.Describe(exception) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return StartupFailure.ExitCode;
}
