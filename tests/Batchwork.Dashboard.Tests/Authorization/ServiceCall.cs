using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>Calls a service's method as somebody, with the ids of a world or with ids of nothing, and tells what came of it as text.</summary>
internal sealed class ServiceCall(IServiceProvider services, MethodInfo method)
{
    private static readonly JsonSerializerOptions s_json = new() { ReferenceHandler = ReferenceHandler.IgnoreCycles };

    /// <summary>Whether a parameter names something that belongs to a workspace.</summary>
    public bool NamesSomething => method.GetParameters().Any(p => IsId(p));

    /// <summary>Calls it.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="world">Whose things.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer, or the exception other than <see cref="NotAllowedException"/>.</returns>
    public async Task<string> AsAsync(Actor actor, MatrixWorld world, CancellationToken cancellationToken)
    {
        var target = method.IsStatic ? null : services.GetService(method.DeclaringType!)
            ?? throw new Xunit.Sdk.XunitException($"{method.DeclaringType!.Name} is no service, so {method.Name} must not be public and take an actor.");
        var arguments = method.GetParameters().Select(p => ArgumentFor(p, actor, world, cancellationToken)).ToArray();
        try
        {
            return await AnswerAsync(method.Invoke(target, arguments), cancellationToken);
        }
        catch (TargetInvocationException e) when (e.InnerException is NotAllowedException refused)
        {
            throw refused;
        }
        catch (TargetInvocationException e)
        {
            return Say(e.InnerException!);
        }
        catch (Exception e) when (e is not NotAllowedException and not Xunit.Sdk.XunitException)
        {
            return Say(e);
        }
    }

    private static string Say(Exception e) => $"{e.GetType().Name}: {e.Message}";

    private static async Task<string> AnswerAsync(object? returned, CancellationToken cancellationToken)
    {
        if (returned is Task task)
        {
            await task;
            returned = task.GetType().IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
        }

        returned = returned switch
        {
            IAsyncEnumerable<AuditItem> entries => await entries.ToListAsync(cancellationToken),
            IAsyncEnumerable<string> texts => await texts.ToListAsync(cancellationToken),
            IAsyncEnumerable<UnmatchedItem> results => await results.ToListAsync(cancellationToken),
            _ => returned,
        };

        try
        {
            return returned is null ? "nothing" : JsonSerializer.Serialize(returned, returned.GetType(), s_json);
        }
        catch (NotSupportedException)
        {
            return returned!.GetType().Name;
        }
    }

    private static bool IsId(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(Guid) || parameter.ParameterType == typeof(Guid?) || parameter is { Name: "userId" };

    private object? ArgumentFor(ParameterInfo parameter, Actor actor, MatrixWorld world, CancellationToken cancellationToken)
    {
        var (type, name) = (parameter.ParameterType, parameter.Name!);
        if (IsId(parameter))
        {
            return world.Ids.TryGetValue(name, out var id) ? id
                : throw new Xunit.Sdk.XunitException($"MatrixWorld has no {name} for {ServiceMethods.NameOf(method)}.");
        }

        return type == typeof(Actor) ? actor
            : type == typeof(CancellationToken) ? cancellationToken
            : type == typeof(string) ? TextFor(name)
            : type == typeof(int) || type == typeof(int?) ? name is "count" ? 10 : name is "step" ? 2 : 0
            : type == typeof(long?) ? 1_000_000L
            : type == typeof(BillingMonth) || type == typeof(BillingMonth?) ? new BillingMonth(new DateOnly(2026, 11, 1))
            : type == typeof(bool) ? false
            : type == typeof(DateTimeOffset?) || type == typeof(object) ? null
            : type == typeof(Role) ? Role.Viewer
            : type == typeof(Stream) ? new MemoryStream(Encoding.UTF8.GetBytes("prompt\na cat\n"))
            : type == typeof(NamePattern) ? NamePattern.Default
            : type == typeof(AuditFilter) ? new AuditFilter()
            : type == typeof(JobFilter) ? new JobFilter()
            : type == typeof(RowFilter) ? new RowFilter()
            : type == typeof(RetryScope) ? RetryScope.All
            : type == typeof(GalleryPlaces) ? world.Places
            : type == typeof(ConnectionEdit) ? new ConnectionEdit { Provider = "openai", Label = "Another", ApiKey = "sk-matrix-1234567890" }
            : type == typeof(DraftSettings) ? new DraftSettings { Name = "Another" }
            : type == typeof(ProblemCause) ? new ProblemCause
            {
                State = RowState.Stored,
                Outcome = null,
                Code = null,
                Message = null,
                Rows = 1,
                Examples = [],
                First = null,
                Last = null,
                CanRetry = false,
            }
            : type == typeof(ProblemKey) ? new ProblemKey("none", null, null)
            : parameter.HasDefaultValue ? parameter.DefaultValue
            : throw new Xunit.Sdk.XunitException($"ServiceCall does not know what to give for {type.Name} {name} of {ServiceMethods.NameOf(method)}. Teach it.");
    }

    private static string TextFor(string name) => name switch
    {
        "fileName" => "cats.csv",
        "field" => "prompt",
        "addresses" => "somebody.new@example.com",
        "action" => AuditActions.ArchiveDownloaded,
        _ => "Another",
    };
}
