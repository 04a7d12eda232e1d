using System.Globalization;
using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Administration;

public sealed partial class PeoplePage
{
    private IReadOnlyList<PersonItem> _people = [];
    private string? _link;
    private string? _linkFor;

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromQuery]
    private string? Failed { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private PeopleService People { get; set; } = default!;

    private string? Said => Done switch
    {
        "disabled" => "The account is disabled. Its sessions are ended and its open pages closed.",
        "enabled" => "The account is enabled. They can sign in again.",
        "administrator" => "They run this installation now, too.",
        "no-administrator" => "They are an administrator no more.",
        "sessions" => "Their sessions are ended and their open pages closed. They can sign in again.",
        "second-factor" => "Their authenticator app is forgotten and their sessions are ended. The password alone signs them in until they set up another app.",
        _ => null,
    };

    protected override async Task OnInitializedAsync() => _people = await People.ListAsync(HttpContext.User.UserId(), HttpContext.RequestAborted);

    private static string Ways(PersonItem person)
    {
        var ways = new List<string>();
        if (person.HasPassword)
        {
            ways.Add(person.HasSecondFactor ? "password and app" : "password");
        }

        if (person.Passkeys > 0)
        {
            ways.Add(person.Passkeys == 1 ? "1 passkey" : string.Create(CultureInfo.InvariantCulture, $"{person.Passkeys} passkeys"));
        }

        return ways.Count > 0 ? string.Join(", ", ways) : "sign-in provider only";
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en"));

    private async Task MakeLinkAsync(PersonItem person)
    {
        if (await People.MakeResetLinkAsync(HttpContext.User.UserId(), person.Id, HttpContext.RequestAborted) is { } token)
        {
            var request = HttpContext.Request;
            _link = $"{request.Scheme}://{request.Host}{request.PathBase}/reset-password?token={token}";
            _linkFor = person.Name;
        }
    }
}
