using Batchwork.Dashboard.Configuration;
using Batchwork.Dashboard.Features.Account;
using Batchwork.Dashboard.Features.Administration;
using Batchwork.Dashboard.Features.Costs;
using Batchwork.Dashboard.Features.Gallery;
using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Features.Jobs;
using Batchwork.Dashboard.Features.NewJob;
using Batchwork.Dashboard.Features.Operations;
using Batchwork.Dashboard.Features.Setup;
using Batchwork.Dashboard.Features.Teams;
using Batchwork.Dashboard.Health;
using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Provider;
using Batchwork.Dashboard.Layout;
using Batchwork.Dashboard.Mail;
using Batchwork.Dashboard.Security;
using Batchwork.Dashboard.Shared;
using Batchwork.Emulator;
using Batchwork.Engine.Hosting;

// Settings and pages lie beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.UseHostDefaults();
if (SettingsCheck.Faults(builder.Configuration) is { Count: > 0 } faults)
{
    await Console.Error.WriteLineAsync(SettingsCheck.Explain(faults));
    return 1;
}

builder.Services.AddBatchwork();
builder.Services.AddDemo(async (folder, time, cancellationToken) =>
{
    var emulator = await InMemoryEmulator.StartAsync(new EmulatorSettings { StateFolder = folder }, time, cancellationToken);
    return new StartedDemo(emulator.CreateHandler(), emulator);
});
builder.Services.AddEngine(builder.Configuration);
builder.Services.AddIdentityRoom();
builder.Services.AddSignInProvider(builder.Configuration);
builder.Services.AddSecurity();
builder.Services.AddShell();
builder.Services.AddWorkspaceEndpoints();
builder.Services.AddHealth();
builder.Services.AddSetup();
builder.Services.AddJobsPage();
builder.Services.AddJobDetail();
builder.Services.AddNewJob();
builder.Services.AddMail();
builder.Services.AddTeams();
builder.Services.AddOperationsPages();

var app = builder.Build();
app.UseShell();
app.MapHealth();
app.MapShell();
app.MapAccount();
app.MapCosts();
app.MapGallery();
app.MapJobDetail();
app.MapNewJob();
app.MapPeople();
app.MapTeams();

return await app.RunDashboardAsync(args);
