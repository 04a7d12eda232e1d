using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Batchwork.Engine.Persistence;

/// <summary>
/// Inserts or updates many rows of one entity with one prepared statement, column for column as the model maps them. The change tracker needs
/// several times as long and holds every row in memory; this holds one.
/// </summary>
/// <typeparam name="T">The entity.</typeparam>
internal sealed class BulkStatement<T> : IDisposable
    where T : class
{
    private readonly DbCommand _command;
    private readonly BoundColumn[] _columns;

    private BulkStatement(DbCommand command, BoundColumn[] columns, string text)
    {
        _command = command;
        _columns = columns;
        _command.CommandText = text;
        _command.Prepare();
    }

    /// <summary>Prepares an insert of whole rows.</summary>
    /// <param name="context">The context; its transaction has begun.</param>
    /// <returns>The statement.</returns>
    public static BulkStatement<T> Insert(EngineDbContext context)
    {
        var entity = context.Model.FindEntityType(typeof(T))!;
        var command = CreateCommand(context);
        var columns = Bind(command, entity, entity.GetProperties());
        return new BulkStatement<T>(
            command,
            columns,
            $"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", columns.Select(c => c.Parameter))})");
    }

    /// <summary>Prepares an update of some properties of rows that are found by their key.</summary>
    /// <param name="context">The context; its transaction has begun.</param>
    /// <param name="properties">The properties to write.</param>
    /// <returns>The statement.</returns>
    public static BulkStatement<T> Update(EngineDbContext context, params string[] properties)
    {
        var entity = context.Model.FindEntityType(typeof(T))!;
        var command = CreateCommand(context);
        var values = Bind(command, entity, properties.Select(p => entity.FindProperty(p)!));
        var key = Bind(command, entity, entity.FindPrimaryKey()!.Properties);
        return new BulkStatement<T>(
            command,
            [.. values, .. key],
            $"UPDATE \"{entity.GetTableName()}\" SET {string.Join(", ", values.Select(c => $"{c.Name} = {c.Parameter}"))} "
                + $"WHERE {string.Join(" AND ", key.Select(c => $"{c.Name} = {c.Parameter}"))}");
    }

    /// <summary>Runs the statement for one row.</summary>
    /// <param name="row">The row.</param>
    public void Run(T row)
    {
        foreach (var column in _columns)
        {
            column.Read(row);
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private static DbCommand CreateCommand(EngineDbContext context)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Begin a transaction first: half of the rows must never be seen.");
        return command;
    }

    private static BoundColumn[] Bind(DbCommand command, IEntityType entity, IEnumerable<IProperty> properties) =>
        [.. properties.Select(property => new BoundColumn(command, entity, property))];
}
