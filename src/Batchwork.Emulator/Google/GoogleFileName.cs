using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Batchwork.Emulator.Google;

/// <summary>Names of files: <c>files/</c> and up to 40 lower case letters, digits and dashes, no dash at either end.</summary>
internal static partial class GoogleFileName
{
    public const string Prefix = "files/";
    private const int Longest = 40;

    /// <summary>What is wrong with a name somebody chose, without its prefix.</summary>
    public static GoogleError? Check(string id) =>
        id.Length > Longest
            ? GoogleError.Invalid($"* File ID cannot be more than {Longest} characters.\n")
            : Pattern().IsMatch(id)
                ? null
                : GoogleError.Invalid(
                    "* File ID can only contain lowercase alphanumeric characters and dashes, and cannot begin or end with a dash.\n");

    public static string New() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12);

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
