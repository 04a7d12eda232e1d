using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Control;

/// <summary>
/// The endpoints under <c>/_emulator</c> by which tests and people steer the emulator. Only for callers on the same machine.
/// </summary>
internal static class ControlSurface
{
    private static readonly string[] s_surfaces = ["/openai/v1", "/google/v1beta", "/xai/v1"];

    public static void MapControlSurface(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/_emulator");
        control.AddEndpointFilter(async (call, next) => IsLocal(call.HttpContext) ? await next(call) : TypedResults.NotFound());
        control.MapGet("/", (EmulatorClock clock, BatchStore batches, FaultScript faults) => new ControlAnswer(new
        {
            emulator = "batchwork",
            surfaces = s_surfaces,
            now = clock.GetUtcNow(),
            batches = batches.All.Count(),
            faults = faults.Rules.Count,
        }));
        control.MapGet("/ledger", (EmulatorLedger ledger) => new ControlAnswer(ledger.Read()));
        control.MapDelete("/ledger", (EmulatorLedger ledger) =>
        {
            ledger.Clear();
            return TypedResults.NoContent();
        });
        MapSettings(control);
        MapClock(control);
        MapFaults(control);
    }

    private static void MapSettings(RouteGroupBuilder control)
    {
        control.MapGet("/settings", (SettingsStore settings) => new ControlAnswer(SettingsStore.AsJson(settings.Current)));
        control.MapPut("/settings", async (HttpRequest request, SettingsStore settings) =>
        {
            var (changes, refused) = await ReadAsync<JsonObject>(request);
            if (changes is null)
            {
                return refused!;
            }

            try
            {
                return settings.Change(changes) is { Count: > 0 } problems
                    ? ControlAnswer.Refused([.. problems])
                    : new ControlAnswer(SettingsStore.AsJson(settings.Current));
            }
            catch (JsonException e)
            {
                return ControlAnswer.Refused([e.Message]);
            }
        });
        control.MapDelete("/settings", (SettingsStore settings) =>
        {
            settings.Reset();
            return new ControlAnswer(SettingsStore.AsJson(settings.Current));
        });
    }

    private static void MapClock(RouteGroupBuilder control)
    {
        control.MapGet("/clock", Show);
        control.MapPost("/clock", async (HttpRequest request, EmulatorClock clock) =>
        {
            var (change, refused) = await ReadAsync<ClockChange>(request);
            if (change is null)
            {
                return refused!;
            }

            if (change.Advance is { } span && span < TimeSpan.Zero)
            {
                return ControlAnswer.Refused(["time does not run backwards"]);
            }

            if (change.Freeze is true)
            {
                clock.Freeze();
            }

            clock.Advance(change.Advance ?? TimeSpan.Zero);
            if (change.Freeze is false || change.Run is true)
            {
                clock.Run();
            }

            return Show(clock);
        });

        static ControlAnswer Show(EmulatorClock clock) => new ControlAnswer(new { now = clock.GetUtcNow(), frozen = clock.IsFrozen });
    }

    private static void MapFaults(RouteGroupBuilder control)
    {
        control.MapGet("/faults", (FaultScript faults) => new ControlAnswer(faults.Rules));
        control.MapPost("/faults", async (HttpRequest request, FaultScript faults) =>
        {
            var (rule, refused) = await ReadAsync<FaultRule>(request);
            if (rule is null)
            {
                return refused!;
            }

            try
            {
                return new ControlAnswer(new { id = faults.Add(rule) });
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                return ControlAnswer.Refused([e.Message]);
            }
        });
        control.MapDelete("/faults", (FaultScript faults) =>
        {
            faults.Clear();
            return TypedResults.NoContent();
        });
        control.MapDelete("/faults/{id}", (string id, FaultScript faults) =>
            faults.Remove(id) ? (IResult)TypedResults.NoContent() : TypedResults.NotFound());
    }

    // The name the caller used counts too: a web page from elsewhere whose name was pointed at this machine is no local caller.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && IsLocal(context.Request.Host.Host);

    private static bool IsLocal(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static async Task<(T? Value, IResult? Refused)> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        // Anything but JSON would let any web page post here without asking the browser first.
        if (!request.HasJsonContentType())
        {
            return (null, ControlAnswer.Refused(["send JSON, with the header Content-Type: application/json"]));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, StoredJson.Options, request.HttpContext.RequestAborted);
            return value is null ? (null, ControlAnswer.Refused(["the body holds nothing"])) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, ControlAnswer.Refused([e.Message]));
        }
    }
}
