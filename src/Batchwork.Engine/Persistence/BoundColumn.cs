using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Batchwork.Engine.Persistence;

/// <summary>A property of an entity, bound to a parameter of a prepared statement and converted as the model says.</summary>
internal sealed class BoundColumn
{
    private readonly Func<object, object?> _get;
    private readonly Func<object?, object?>? _convert;
    private readonly DbParameter _parameter;

    public BoundColumn(DbCommand command, IEntityType entity, IProperty property)
    {
        var name = property.GetColumnName(StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema()))!;
        _get = property.GetGetter().GetClrValue;
        _convert = property.GetTypeMapping().Converter?.ConvertToProvider;
        _parameter = command.CreateParameter();
        _parameter.ParameterName = $"@{name}";
        command.Parameters.Add(_parameter);
        Name = $"\"{name}\"";
    }

    /// <summary>The column's name, quoted.</summary>
    public string Name { get; }

    /// <summary>The parameter's name.</summary>
    public string Parameter => _parameter.ParameterName;

    /// <summary>Takes the value of an entity into the parameter.</summary>
    /// <param name="entity">The entity.</param>
    public void Read(object entity)
    {
        var value = _get(entity);
        _parameter.Value = (value is null || _convert is null ? value : _convert(value)) ?? DBNull.Value;
    }
}
