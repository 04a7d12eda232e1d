using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Batchwork.Dashboard.Features.Administration;

/// <summary>What the buttons of the page People send.</summary>
internal static class PeopleFeature
{
    private const string Page = "/people";

    public static void MapPeople(this IEndpointRouteBuilder endpoints)
    {
        var people = endpoints.MapGroup(Page).RequireAuthorization(Administrators.Policy);
        people.MapPost("disable", (HttpContext context, [FromForm] string id, PeopleService service, TimeProvider time, CancellationToken token) =>
            AnswerAsync(service.DisableAsync(context.User.UserId(), id, time.GetUtcNow(), token), "disabled"));
        people.MapPost("enable", (HttpContext context, [FromForm] string id, PeopleService service, CancellationToken token) =>
            AnswerAsync(service.EnableAsync(context.User.UserId(), id, token), "enabled"));
        people.MapPost("make-administrator", (HttpContext context, [FromForm] string id, PeopleService service, CancellationToken token) =>
            AnswerAsync(service.MakeAdministratorAsync(context.User.UserId(), id, token), "administrator"));
        people.MapPost("unmake-administrator", (HttpContext context, [FromForm] string id, PeopleService service, CancellationToken token) =>
            AnswerAsync(service.UnmakeAdministratorAsync(context.User.UserId(), id, token), "no-administrator"));
        people.MapPost("end-sessions", (HttpContext context, [FromForm] string id, PeopleService service, CancellationToken token) =>
            AnswerAsync(service.EndSessionsAsync(context.User.UserId(), id, token), "sessions"));
        people.MapPost("reset-second-factor", (HttpContext context, [FromForm] string id, PeopleService service, CancellationToken token) =>
            AnswerAsync(service.ResetSecondFactorAsync(context.User.UserId(), id, token), "second-factor"));
    }

    private static async Task<IResult> AnswerAsync(Task<PersonChange> work, string done) => await work switch
    {
        PersonChange.Done => TypedResults.Redirect($"{Page}?done={done}"),
        PersonChange.LastAdministrator => TypedResults.Redirect($"{Page}?failed=last"),
        _ => TypedResults.NotFound(),
    };
}
