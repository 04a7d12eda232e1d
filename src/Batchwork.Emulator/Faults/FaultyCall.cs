using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Faults;

/// <summary>A call that meets a fault.</summary>
/// <param name="Context">The call.</param>
/// <param name="Operation">What it asks for.</param>
/// <param name="RuleId">The rule that struck.</param>
/// <param name="Real">Real time: what is slow on the wire is slow for the caller, whatever the emulator's date is.</param>
/// <param name="NextAsync">Goes on with the call: other faults, then the operation itself.</param>
internal sealed record FaultyCall(HttpContext Context, Operation Operation, string RuleId, TimeProvider Real, Func<Task> NextAsync)
{
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>What the operation itself is asked to get wrong.</summary>
    public RequestTwists Twists
    {
        get
        {
            if (Context.Features.Get<RequestTwists>() is { } twists)
            {
                return twists;
            }

            twists = new RequestTwists();
            Context.Features.Set(twists);
            return twists;
        }
    }
}
