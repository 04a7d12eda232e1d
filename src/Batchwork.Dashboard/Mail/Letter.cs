namespace Batchwork.Dashboard.Mail;

/// <summary>A letter of plain text to one person.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The text.</param>
public sealed record Letter(string To, string Subject, string Text);
