using Strata.Backbone.Service;
using Strata.ServiceDefaults.Hosting;

try
{
    await using var app = BackboneHost.Build(args, Console.Error.WriteLine);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFailure.Describe(exception) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return StartupFailure.ExitCode;
}
