namespace Batchwork.Engine.Images;

/// <summary>The picture of a job that was stored last.</summary>
/// <param name="RowIndex">Its row.</param>
/// <param name="Index">Which of the row's pictures.</param>
/// <param name="StoredAt">When it was stored.</param>
public sealed record LatestPicture(int RowIndex, int Index, DateTimeOffset StoredAt);
