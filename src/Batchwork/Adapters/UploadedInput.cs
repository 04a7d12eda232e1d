namespace Batchwork.Adapters;

/// <summary>An upload of requests at a provider.</summary>
/// <param name="FileId">The provider's id of the file.</param>
/// <param name="Bytes">Its length, if the provider says so.</param>
/// <param name="CreatedAt">When it was made, if the provider says so.</param>
public sealed record UploadedInput(string FileId, long? Bytes, DateTimeOffset? CreatedAt);
