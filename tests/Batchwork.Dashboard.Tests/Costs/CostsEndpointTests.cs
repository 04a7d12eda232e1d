using System.Net;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Costs;

public sealed class CostsEndpointTests : IAsyncLifetime
{
    private readonly DashboardServer _server = new();
    private HttpClient _browser = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _browser = await _server.SignedInAsync(Token);
        var owner = await _server.OwnerAsync(Token);
        await using var context = await ContextAsync();
        context.CostLines.Add(new CostLine
        {
            RowId = Guid.CreateVersion7(),
            TryNumber = 1,
            WorkspaceId = owner.WorkspaceId,
            JobId = Guid.CreateVersion7(),
            ConnectionId = Guid.CreateVersion7(),
            Day = new DateOnly(2026, 10, 31),
            MicroUsd = 1_234_567,
            Basis = CostBasis.Reported,
        });
        await context.SaveChangesAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Export_OfAMonth_IsADownloadWithItsLines()
    {
        using var answer = await _browser.GetAsync("/w/studio/costs.csv?month=2026-10&lines=rows", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("text/csv", "costs-2026-10-rows.csv"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.EndsWith("2026-10-31,,,,,1,1.234567,,,price named by the provider\r\n", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?month=2026-13")]
    [InlineData("?month=../..")]
    [InlineData("?lines=everything")]
    public async Task Export_OfNonsense_IsRefused(string query)
    {
        using var answer = await _browser.GetAsync("/w/studio/costs.csv" + query, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Export_ByAViewer_IsRefused()
    {
        await using (var context = await ContextAsync())
        {
            await context.Members.ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), Token);
        }

        using var answer = await _browser.GetAsync("/w/studio/costs.csv", Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Export_OfAForeignWorkspace_IsNotThere()
    {
        using var answer = await _browser.GetAsync("/w/elsewhere/costs.csv", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<EngineDbContext> ContextAsync() => _server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token);
}
