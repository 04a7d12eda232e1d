using System.Net;
using System.Text;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Gallery;

/// <summary>Files that are two things at once, sent by a provider as a picture: a browser must never take them for the other thing.</summary>
public sealed class PolyglotTests : IAsyncLifetime
{
    private static readonly (string Name, byte[] Bytes, string Type)[] s_files =
    [
        ("GIF and script", Text("GIF89a/*\u0001\0\u0001\0*/=1;alert(document.domain)"), "application/octet-stream"),
        ("PNG and zip", [.. TestPictures.Png(), .. Text("PK\u0005\u0006"), .. new byte[18]], "image/png"),
        ("PNG and page", [.. TestPictures.Png(), .. Text("<html><script>alert(1)</script></html>")], "image/png"),
        ("JPEG and SVG", [.. TestPictures.Jpeg(), .. Text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")], "image/jpeg"),
        ("WebP and script", [.. TestPictures.WebP(), .. Text("*/alert(1)//")], "image/webp"),
        ("PDF and page", Text("%PDF-1.4\n<html><script>alert(1)</script>"), "application/octet-stream"),
        ("SVG", Text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "application/octet-stream"),
        ("XML", Text("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>"), "application/octet-stream"),
        ("page", Text("<!doctype html><script>alert(1)</script>"), "application/octet-stream"),
        ("script", Text("alert(document.cookie)"), "application/octet-stream"),
        ("MHTML", Text("MIME-Version: 1.0\nContent-Type: text/html\n\n<script>alert(1)</script>"), "application/octet-stream"),
        ("BMP and script", Text("BM/*....*/=1;alert(1)"), "application/octet-stream"),
        ("RIFF that is no WebP", Text("RIFF\u0010\0\0\0WAVEfmt <script>"), "application/octet-stream"),
        ("half a PNG signature", [0x89, (byte)'P', (byte)'N', (byte)'G', .. Text("<script>alert(1)</script>")], "application/octet-stream"),
        ("UTF-7", Text("+ADw-script+AD4-alert(1)+ADw-/script+AD4-"), "application/octet-stream"),
    ];

    private readonly DashboardServer _server = new();
    private HttpClient _browser = null!;
    private List<Guid> _images = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _browser = await _server.SignedInAsync(Token);
        var job = await new JobBuilder(_server.Services, await _server.OwnerAsync(Token))
            .In(JobState.Done)
            .Rows(s_files.Length, RowState.Stored)
            .Pictures((row, _) => s_files[row].Bytes)
            .SaveAsync(Token);
        await using var context = await _server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token);
        _images = await context.StoredImages.Where(i => i.JobId == job).OrderBy(i => i.RowIndex).Select(i => i.Id).ToListAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/file")]
    [InlineData("/thumbnail")]
    public async Task Picture_ThatIsTwoThings_IsServedAsNothingThatCouldRun(string path)
    {
        foreach (var ((name, bytes, type), id) in s_files.Zip(_images))
        {
            using var answer = await _browser.GetAsync($"/w/studio/images/{id}{path}", Token);
            if (path == "/thumbnail")
            {
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound || answer.Content.Headers.ContentType!.MediaType == "image/webp", name);
                continue;
            }

            Assert.Equal((name, type), (name, answer.Content.Headers.ContentType!.ToString()));
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Token));
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("sandbox; default-src 'none'", Header(answer, "Content-Security-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            Assert.Equal(path == "/file" || type == "application/octet-stream" ? "attachment" : null, answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Matches("\\.(png|jpg|webp|bin)\"?(;|$)", (answer.Content.Headers.ContentDisposition?.FileName ?? ".bin") + ";");
            Assert.Contains("private", Header(answer, "Cache-Control"), StringComparison.Ordinal);
        }
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : answer.Content.Headers.TryGetValues(name, out var more) ? more : []);
}
