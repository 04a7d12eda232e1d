using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Batchwork.Engine.Persistence;

/// <summary>Times as milliseconds since 1970, UTC.</summary>
internal sealed class UnixMillisecondsConverter()
    : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
