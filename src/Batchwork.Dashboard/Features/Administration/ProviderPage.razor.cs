using Batchwork.Dashboard.Identity.Provider;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Features.Administration;

public sealed partial class ProviderPage
{
    private IReadOnlyList<ProviderFinding>? _findings;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private IOptions<ProviderOptions> Settings { get; set; } = default!;

    [Inject]
    private ProviderCheck Check { get; set; } = default!;

    private ProviderOptions Options => Settings.Value;

    private string RedirectAddress => $"{HttpContext.Request.Scheme}://{HttpContext.Request.Host}{HttpContext.Request.PathBase}{ProviderServices.CallbackPath}";

    private async Task TestAsync() => _findings = await Check.TestAsync(HttpContext.RequestAborted);
}
