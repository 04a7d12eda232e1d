using System.Globalization;
using System.Net.Mail;

namespace Batchwork.Engine.Workspaces;

/// <summary>Reads pasted addresses: one on a line, or parted by commas, semicolons or spaces, with or without names.</summary>
internal static class InvitedAddresses
{
    /// <summary>Most addresses at once; more are a mistake, or a way to send mail to strangers.</summary>
    public const int Most = 100;

    private const int LongestAddress = 254;

    public static (IReadOnlyList<string> Addresses, IReadOnlyList<string> Faults) Read(string text)
    {
        var pieces = text
            .Split(['\n', '\r', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(Pieces)
            .ToList();
        var found = new List<string>();
        var faults = new List<string>();
        foreach (var piece in pieces)
        {
            if (Address(piece) is { } address)
            {
                found.Add(address);
            }
            else
            {
                faults.Add($"“{(piece.Length > 60 ? piece[..60] + "…" : piece)}” is not an e-mail address.");
            }
        }

        var addresses = found.Distinct(StringComparer.Ordinal).ToList();
        if (pieces.Count == 0)
        {
            faults.Add("Enter at least one e-mail address.");
        }
        else if (addresses.Count > Most)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{addresses.Count:N0} addresses are too many at once. Invite at most {Most}."));
        }

        return (addresses, faults);
    }

    /// <summary>"Ana Ng &lt;ana@example.com&gt;" is one piece, "ana@example.com bo@example.com" are two.</summary>
    private static string[] Pieces(string part) =>
        part.Contains('<', StringComparison.Ordinal) ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? Address(string piece)
    {
        // Only what a mail server on the Internet would take, and nothing that could end a header line.
        if (piece.Length > LongestAddress * 2 || piece.Any(char.IsControl) || !MailAddress.TryCreate(piece, out var parsed))
        {
            return null;
        }

#pragma warning disable CA1308 // Addresses are compared in lower case.
        var address = parsed.Address.ToLowerInvariant();
#pragma warning restore CA1308
        return address.Length <= LongestAddress && address.Split('@') is [{ Length: > 0 and <= 64 }, var host] && host.Contains('.', StringComparison.Ordinal)
            && !address.Any(c => char.IsWhiteSpace(c) || c is '"' or '<' or '>' or '[' or ']' or '(' or ')' or '\\')
            ? address
            : null;
    }
}
