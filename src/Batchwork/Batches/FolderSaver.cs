using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Batchwork.Streaming;

namespace Batchwork;

/// <summary>
/// Saves pictures to a folder. They are written there while they arrive, under names that no id leads to, and get their own name when their result is
/// known: the id may stand behind the picture on the provider's line.
/// </summary>
internal sealed class FolderSaver
{
    private const int LongestName = 100;

    private static readonly FrozenSet<string> s_reserved = new[]
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly string _folder;

    public FolderSaver(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
        Sink = new TemporaryImageSink(_folder) { IsPrivate = false };
    }

    /// <summary>Takes the pictures.</summary>
    public IImageSink Sink { get; }

    /// <summary>Gives a result's pictures their names.</summary>
    public async Task<SavedResult> SaveAsync(BatchResult result, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        foreach (var image in result.Images.Where(image => image.Content is not null))
        {
            files.Add(await SaveAsync(result, image, cancellationToken).ConfigureAwait(false));
        }

        return new SavedResult(result, files);
    }

    /// <summary>A file name for an id, which may be anything: <c>../../etc/passwd</c> becomes <c>etc_passwd</c>.</summary>
    public static string SafeName(string customId)
    {
        var name = new StringBuilder();
        foreach (var rune in customId.EnumerateRunes())
        {
            if (name.Length >= LongestName)
            {
                break;
            }

            if (Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '.' or ' ' or '_')
            {
                name.Append(rune);
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }

        var safe = name.ToString().Trim('.', ' ', '_');
        var stem = safe.Split('.', 2)[0];
        return safe.Length == 0 ? "image" : s_reserved.Contains(stem) ? "_" + safe : safe;
    }

    private async Task<string> SaveAsync(BatchResult result, BatchImage image, CancellationToken cancellationToken)
    {
        var stem = SafeName(result.CustomId) + (image.Index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{image.Index + 1}"));
        for (var copy = 1; ; copy++)
        {
            var name = copy == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem} ({copy})");
            var path = Path.Combine(_folder, name + Extension(image));
            try
            {
                if (image.Content is FileImageContent file)
                {
                    File.Move(file.Path, path, overwrite: false);
                }
                else
                {
                    await image.SaveAsync(path, cancellationToken).ConfigureAwait(false);
                }

                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Somebody else's; take the next name.
            }
        }
    }

    // By what it is, not by what it was announced as; what is no picture must not look like one.
    private static string Extension(BatchImage image) => image.MediaType switch
    {
        _ when image.Problem == ImageProblem.NotAPicture => ".bin",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "image/avif" => ".avif",
        "image/svg+xml" => ".svg",
        _ => ".bin",
    };
}
