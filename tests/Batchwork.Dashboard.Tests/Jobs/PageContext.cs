using System.Globalization;
using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Workspaces;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Batchwork.Dashboard.Tests.Jobs;

/// <summary>What a part of a page needs around it: a workspace, a clock that tests turn, English numbers.</summary>
public abstract class PageContext : BunitContext
{
    protected PageContext()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Time);
        RenderTree.Add<CascadingValue<WorkspaceContext>>(parameters => parameters.Add(c => c.Value, Workspace));
    }

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 14, 2, 0, TimeSpan.Zero));

    protected WorkspaceContext Workspace { get; } =
        new(Guid.Empty, "studio", "Studio", new Actor("ana", "Ana", Guid.Empty, Role.Owner));

    protected JobAddress Address => new(Workspace, Guid.Empty, Services.GetRequiredService<NavigationManager>());
}
