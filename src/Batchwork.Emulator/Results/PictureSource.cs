using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.Results;

/// <summary>Gets the picture a result needs next.</summary>
internal delegate Task<Picture> PictureSource(PictureRequest request, CancellationToken cancellationToken);
