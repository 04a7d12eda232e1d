using Batchwork.Dashboard.Configuration;
using Batchwork.Dashboard.Features.Account;
using Batchwork.Dashboard.Features.Gallery;
using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Features.Jobs;
using Batchwork.Dashboard.Features.Setup;
using Batchwork.Dashboard.Health;
using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Layout;
using Batchwork.Dashboard.Security;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.UseHostDefaults();
if (SettingsCheck.Faults(builder.Configuration) is { Count: > 0 } faults)
{
    await Console.Error.WriteLineAsync(SettingsCheck.Explain(faults));
    return 1;
}

builder.Services.AddBatchwork();
builder.Services.AddEngine(builder.Configuration);
builder.Services.AddIdentityRoom();
builder.Services.AddSecurity();
builder.Services.AddShell();
builder.Services.AddWorkspaceEndpoints();
builder.Services.AddHealth();
builder.Services.AddSetup();
builder.Services.AddJobsPage();
builder.Services.AddJobDetail();

var app = builder.Build();
app.UseShell();
app.MapHealth();
app.MapShell();
app.MapAccount();
app.MapGallery();
app.MapJobDetail();

return await app.RunDashboardAsync(args);
