namespace Batchwork.Engine.Hosting;

/// <summary>Another process works in the data folder.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner)
    : Exception($"Another Batchwork process is using the data folder {folder}. Stop it first, or choose another folder with Batchwork__DataFolder.", inner);
