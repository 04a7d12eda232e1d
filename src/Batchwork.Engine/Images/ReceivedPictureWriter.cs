using System.IO.Hashing;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Batchwork.Engine.Images;

/// <summary>Writes an arriving picture to a temporary file of the store and takes its hash and checksum on the way.</summary>
internal sealed class ReceivedPictureWriter : IImageWriter
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc32 _crc32 = new();
    private readonly byte[] _head = new byte[MediaTypes.SniffLength];
    private int _headLength;
    private long _length;
    private bool _completed;

    public ReceivedPictureWriter(string path)
    {
        _path = path;
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var span = bytes.Span;
        if (_headLength < _head.Length)
        {
            var taken = Math.Min(_head.Length - _headLength, span.Length);
            span[..taken].CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
        }

        _sha256.AppendData(span);
        _crc32.Append(span);
        RandomAccess.Write(_handle, span, _length);
        _length += span.Length;
        return ValueTask.CompletedTask;
    }

    public ValueTask<IImageContent> CompleteAsync(CancellationToken cancellationToken)
    {
        var head = _head.AsSpan(0, _headLength);
        var mediaType = MediaTypes.Sniff(head);
        var picture = new ReceivedPicture(_path, _handle)
        {
            Sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset()),
            Crc32 = _crc32.GetCurrentHashAsUInt32(),
            Length = _length,
            MediaType = mediaType,
            Header = ReadHeader(mediaType),
            IsWhole = ImageEnd.IsReached(mediaType, head, ReadTail(), _length),
        };
        _completed = true;
        return ValueTask.FromResult<IImageContent>(picture);
    }

    public ValueTask DisposeAsync()
    {
        _sha256.Dispose();
        if (!_completed)
        {
            _handle.Dispose();
            File.Delete(_path);
        }

        return ValueTask.CompletedTask;
    }

    private ImageHeader? ReadHeader(string mediaType)
    {
        if (!MediaTypes.IsShown(mediaType))
        {
            return null;
        }

        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096);
        return ImageHeader.Read(stream, mediaType);
    }

    private byte[] ReadTail()
    {
        var tail = new byte[Math.Min(_length, ImageEnd.TailLength)];
        RandomAccess.Read(_handle, tail, _length - tail.Length);
        return tail;
    }
}
