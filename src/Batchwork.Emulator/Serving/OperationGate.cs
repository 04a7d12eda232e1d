using System.Globalization;
using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Ledger;
using Microsoft.AspNetCore.Connections;

namespace Batchwork.Emulator.Serving;

/// <summary>What every call goes through: it is counted, meets its faults, and is carried out.</summary>
internal sealed partial class OperationGate(EmulatorLedger ledger, FaultScript script, TimeProvider real, ILogger<OperationGate> logger)
{
    private const string Aborted = "aborted";

    public async Task RunAsync(HttpContext context, Operation operation, Func<HttpContext, Task<IResult>> handler)
    {
        ledger.Counts.Seen(operation.Name);
        var (answer, cut) = (Aborted, false);
        try
        {
            await Chain(context, operation, handler)();
            answer = context.RequestAborted.IsCancellationRequested
                ? Aborted
                : context.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
        }
        catch (CutException)
        {
            cut = true;
        }
        catch (Exception e) when (
            e is ConnectionResetException or BadHttpRequestException
            || (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException))
        {
            CallerLeft(operation.Name);
        }
        catch
        {
            answer = "500";
            throw;
        }
        finally
        {
            ledger.Counts.Answered(operation.Name, answer);
        }

        if (cut)
        {
            context.Abort();
        }
    }

    // The first rule is the outermost: what it does to the answer comes last.
    private Func<Task> Chain(HttpContext context, Operation operation, Func<HttpContext, Task<IResult>> handler)
    {
        Func<Task> next = async () => await (await handler(context)).ExecuteAsync(context);
        foreach (var (ruleId, fault) in script.Draw(operation.Name, context.Request.Method, context.Request.Path).Reverse())
        {
            var call = new FaultyCall(context, operation, ruleId, real, next);
            next = () => fault.ApplyAsync(call);
        }

        return next;
    }

    [LoggerMessage(5101, LogLevel.Debug, "The caller of {Operation} left before the end")]
    private partial void CallerLeft(string operation);
}
