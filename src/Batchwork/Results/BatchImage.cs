using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Batchwork;

/// <summary>One picture of a result: bytes, or a hosted URL that soon goes stale.</summary>
public sealed class BatchImage
{
    /// <summary>Most bytes that <see cref="ReadBytesAsync"/> and <see cref="ToBase64Async"/> take into memory by default: 64 MiB.</summary>
    public const int DefaultMaxBytes = 64 * 1024 * 1024;

    /// <summary>Position among the pictures of its request, from 0. A picture that the provider left out leaves its number unused.</summary>
    public required int Index { get; init; }

    /// <summary>The decoded bytes, where the reader's sink put them; <see langword="null"/> for a hosted picture that was not fetched, and for a damaged one of which nothing could be decoded.</summary>
    public IImageContent? Content { get; init; }

    /// <summary>Where the provider hosts the picture, if it sent no bytes. It is fetched from there unless <see cref="ResultReadOptions.FetchHosted"/> is off.</summary>
    public Uri? Url { get; init; }

    /// <summary>The type told by the bytes (<c>image/png</c>, <c>image/jpeg</c>, <c>image/webp</c>, …), else <see cref="AnnouncedMediaType"/>.</summary>
    public string? MediaType { get; init; }

    /// <summary>The type the provider announced.</summary>
    public string? AnnouncedMediaType { get; init; }

    /// <summary>The prompt as the provider changed it, if it says so.</summary>
    public string? RevisedPrompt { get; init; }

    /// <summary>Whether the picture came as it should.</summary>
    public ImageProblem Problem { get; init; }

    /// <summary>Writes the picture to a new file, without holding it in memory.</summary>
    /// <param name="path">The file. One that exists is not overwritten.</param>
    /// <param name="cancellationToken">Cancels the writing; the file is removed.</param>
    /// <returns>A task that ends when all is written.</returns>
    /// <exception cref="InvalidOperationException">There are no bytes; see <see cref="Content"/>.</exception>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "A path and a stream cannot be mistaken for each other.")]
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = RequireContent();
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 });
        try
        {
            await using (file.ConfigureAwait(false))
            {
                await CopyAsync(content, file, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Writes the picture to a stream, without holding it in memory.</summary>
    /// <param name="destination">Where to. It stays open.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when all is written.</returns>
    /// <exception cref="InvalidOperationException">There are no bytes; see <see cref="Content"/>.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "A path and a stream cannot be mistaken for each other.")]
    public Task SaveAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return CopyAsync(RequireContent(), destination, cancellationToken);
    }

    /// <summary>Reads the picture into memory.</summary>
    /// <param name="maxBytes">Most bytes to take.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidOperationException">There are no bytes, or more than <paramref name="maxBytes"/>.</exception>
    public async Task<byte[]> ReadBytesAsync(int maxBytes = DefaultMaxBytes, CancellationToken cancellationToken = default)
    {
        var content = RequireContent();
        if (content.Length > maxBytes)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The picture has {content.Length} bytes, more than {maxBytes}. Save it instead."));
        }

        var bytes = new byte[content.Length];
        var source = content.OpenRead();
        await using (source.ConfigureAwait(false))
        {
            await source.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        return bytes;
    }

    /// <summary>Reads the picture into memory as base64, for programs that put it into JSON or HTML.</summary>
    /// <param name="maxBytes">Most bytes to take, before they become a third more.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Its bytes in base64.</returns>
    /// <exception cref="InvalidOperationException">There are no bytes, or more than <paramref name="maxBytes"/>.</exception>
    public async Task<string> ToBase64Async(int maxBytes = DefaultMaxBytes, CancellationToken cancellationToken = default) =>
        Convert.ToBase64String(await ReadBytesAsync(maxBytes, cancellationToken).ConfigureAwait(false));

    /// <summary>The same picture under another number.</summary>
    internal BatchImage At(int index) => index == Index ? this : new BatchImage
    {
        Index = index,
        Content = Content,
        Url = Url,
        MediaType = MediaType,
        AnnouncedMediaType = AnnouncedMediaType,
        RevisedPrompt = RevisedPrompt,
        Problem = Problem,
    };

    private static async Task CopyAsync(IImageContent content, Stream destination, CancellationToken cancellationToken)
    {
        var source = content.OpenRead();
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        }
    }

    private IImageContent RequireContent() =>
        Content ?? throw new InvalidOperationException(Url is null ? "The picture came without data." : "The picture is hosted; fetch it from its URL.");
}
