using Batchwork.Dashboard.Features.NewJob.Upload;
using Microsoft.AspNetCore.SignalR;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>From a sheet or typed prompts to a running job.</summary>
internal static class NewJobFeature
{
    /// <summary>A prompt may have 32,000 characters, each up to four bytes; the default of 32 KiB would cut the circuit when one is edited.</summary>
    private const long MaxMessageBytes = 256 * 1024;

    public static IServiceCollection AddNewJob(this IServiceCollection services)
    {
        services.Configure<HubOptions>(hub => hub.MaximumReceiveMessageSize = MaxMessageBytes);
        return services;
    }

    public static void MapNewJob(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/w/{slug}/sheets", SheetUploadEndpoint.ReceiveAsync).RequireAuthorization();
}
