using Microsoft.AspNetCore.Server.Kestrel.Core;
using Strata.Platform.Tests.Host;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
builder.Services.AddSingleton<ProbeRecord>();

var app = builder.Build();
app.MapGrpcService<ProbeRpc>();
app.Run();
