namespace Batchwork.Engine.Verification;

/// <summary>How far a check has come.</summary>
/// <param name="Stage">What is being looked at, for people, for example <c>the pictures on disk</c>.</param>
/// <param name="Pictures">Pictures that were looked at so far.</param>
/// <param name="TotalPictures">Pictures there are; 0 until they are counted.</param>
public sealed record IntegrityProgress(string Stage, long Pictures, long TotalPictures);
