using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Batchwork.Engine.Persistence;

/// <summary>
/// Inserts many rows of one entity with one prepared statement, column for column as the model maps them. The change tracker needs several times
/// as long and holds every row in memory; this holds one.
/// </summary>
internal sealed class BulkInsert<T> : IDisposable
    where T : class
{
    private readonly DbCommand _command;
    private readonly Column[] _columns;

    private BulkInsert(DbCommand command, Column[] columns)
    {
        _command = command;
        _columns = columns;
    }

    /// <summary>Prepares the statement on a context's open transaction.</summary>
    /// <param name="context">The context; its transaction has begun.</param>
    /// <returns>The statement.</returns>
    public static BulkInsert<T> Prepare(EngineDbContext context)
    {
        var entity = context.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Begin a transaction first: half of the rows must never be seen.");
        var columns = entity.GetProperties().Select(property => new Column(command, property, property.GetColumnName(table)!)).ToArray();
        command.CommandText = $"INSERT INTO {Quote(entity.GetTableName()!)} ({string.Join(", ", columns.Select(c => Quote(c.Name)))}) "
            + $"VALUES ({string.Join(", ", columns.Select(c => c.Parameter.ParameterName))})";
        command.Prepare();
        return new BulkInsert<T>(command, columns);
    }

    /// <summary>Inserts one row.</summary>
    /// <param name="row">The row.</param>
    public void Add(T row)
    {
        foreach (var column in _columns)
        {
            column.Read(row);
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private static string Quote(string name) => $"\"{name}\"";

    private sealed class Column
    {
        private readonly Func<object, object?> _get;
        private readonly Func<object?, object?>? _convert;

        public Column(DbCommand command, IProperty property, string name)
        {
            Name = name;
            var getter = property.GetGetter();
            _get = getter.GetClrValue;
            _convert = property.GetTypeMapping().Converter?.ConvertToProvider;
            Parameter = command.CreateParameter();
            Parameter.ParameterName = $"@{name}";
            command.Parameters.Add(Parameter);
        }

        public string Name { get; }

        public DbParameter Parameter { get; }

        public void Read(object row)
        {
            var value = _get(row);
            Parameter.Value = (value is null || _convert is null ? value : _convert(value)) ?? DBNull.Value;
        }
    }
}
