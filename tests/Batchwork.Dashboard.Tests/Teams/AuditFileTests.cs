using System.Net;
using Batchwork.Dashboard.Features.Teams;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Teams;

public sealed class AuditFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("=HYPERLINK(1)", "\"'=HYPERLINK(1)\"")]
    [InlineData("  +1", "\"'  +1\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("@x", "\"'@x\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("", "\"\"")]
    public void Cell_WhateverStandsInIt_IsQuotedAndNoFormula(string text, string cell) => Assert.Equal(cell, AuditFile.Cell(text));

    [Fact]
    public async Task Export_ByTheOwner_HoldsTheEntriesAndNotesItself()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        await server.Services.GetRequiredService<AuditLog>().WriteAsync(await server.OwnerAsync(Token), AuditActions.JobRun, "=cmd", null, Token);

        using var answer = await browser.GetAsync("/w/studio/audit.csv?thing=job", Token);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"Ana Kovač\",\"job.run\",\"'=cmd\"", lines[1], StringComparison.Ordinal);
        var log = await server.Services.GetRequiredService<AuditQueries>().ListAsync(await server.OwnerAsync(Token), new AuditFilter { Thing = "download" }, Token);
        Assert.Equal(AuditActions.AuditExported, Assert.Single(log.Items).Action);
    }

    [Fact]
    public async Task Export_OfAll_IsForAdministratorsOnly()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        var users = server.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<Batchwork.Dashboard.Identity.AppIdentityDbContext>>();
        using (var allowed = await browser.GetAsync("/w/studio/audit.csv?all=true", Token))
        {
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        await using (var context = await users.CreateDbContextAsync(Token))
        {
            context.Users.Single().IsAdministrator = false;
            await context.SaveChangesAsync(Token);
        }

        using var answer = await browser.GetAsync("/w/studio/audit.csv?all=true", Token);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome on Linux")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows")]
    [InlineData("curl/8.0", "curl")]
    [InlineData("Robot\r\n1", "Robot1")]
    [InlineData(" ", null)]
    public void Device_OfAUserAgent_IsSaidInWords(string userAgent, string? device) =>
        Assert.Equal(device, Batchwork.Dashboard.Identity.Origins.Device(userAgent));
}
