namespace Batchwork.Streaming;

/// <summary>A picture that has passed.</summary>
/// <param name="Content">Its bytes where the sink put them; <see langword="null"/> when there were none.</param>
/// <param name="Letters">Letters of base64 that came.</param>
/// <param name="MediaType">What the bytes say that it is.</param>
/// <param name="IsDamaged">Whether its text broke off or was no base64.</param>
/// <param name="AnnouncedMediaType">What its data URI says that it is.</param>
internal sealed record ReceivedImage(IImageContent? Content, long Letters, string? MediaType, bool IsDamaged, string? AnnouncedMediaType = null);
