using System.Data.Common;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Testing.Engine;

/// <summary>Asks SQLite for the plan of each query that the engine reads with. Add it with <see cref="AddTo"/> when the engine is started.</summary>
public sealed class QueryPlanRecorder : DbCommandInterceptor
{
    private readonly List<string> _steps = [];

    /// <summary>The steps of all plans so far, for example <c>SEARCH j USING INDEX …</c>.</summary>
    public IReadOnlyList<string> Steps => _steps;

    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<EngineDbContext>(options => options.AddInterceptors(this));

    public void Clear() => _steps.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        using var explain = command.Connection!.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        explain.Transaction = command.Transaction;
        foreach (DbParameter parameter in command.Parameters)
        {
            var copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        using var plan = explain.ExecuteReader();
        while (plan.Read())
        {
            _steps.Add(plan.GetString(3));
        }

        return ValueTask.FromResult(result);
    }
}
