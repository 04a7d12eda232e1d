namespace Batchwork.Engine.Persistence;

/// <summary>The database was written by a newer version of the program.</summary>
public sealed class NewerDatabaseException(string migration)
    : Exception($"The database was written by a newer version of Batchwork (it has '{migration}'). Start that version, or use another data folder.");
