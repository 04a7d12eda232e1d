namespace Batchwork.Testing.Adapters;

/// <summary>Results as an adapter yields them, with pictures written through the reader's own sink.</summary>
public static class FakeResults
{
    /// <summary>A result with pictures.</summary>
    /// <param name="customId">Its id.</param>
    /// <param name="line">Its line in the output file, from 1.</param>
    /// <param name="sink">Where the pictures go.</param>
    /// <param name="pictures">Their bytes.</param>
    public static async Task<BatchResult> PicturesAsync(string customId, int line, IImageSink sink, params IReadOnlyList<byte[]> pictures)
    {
        var images = new List<BatchImage>();
        foreach (var bytes in pictures)
        {
            await using var writer = await sink.CreateAsync(CancellationToken.None);
            await writer.WriteAsync(bytes, CancellationToken.None);
            images.Add(new BatchImage { Index = images.Count, Content = await writer.CompleteAsync(CancellationToken.None) });
        }

        return new BatchResult
        {
            CustomId = customId,
            Status = BatchResultStatus.Succeeded,
            Outcome = ResultOutcome.Succeeded,
            Images = images,
            Position = new ResultPosition("output", "file-out", line * 1000L, line),
        };
    }

    /// <summary>A result without pictures.</summary>
    /// <param name="customId">Its id.</param>
    /// <param name="line">Its line in the error file, from 1.</param>
    /// <param name="outcome">What it means.</param>
    /// <param name="message">The provider's message.</param>
    public static BatchResult Error(string customId, int line, ResultOutcome outcome, string message = "no") => new()
    {
        CustomId = customId,
        Status = BatchResultStatus.Errored,
        Outcome = outcome,
        Error = new BatchError("code", message),
        Position = new ResultPosition("error", "file-err", line * 1000L, line),
    };

    /// <summary>The same result with what the provider says was used.</summary>
    /// <param name="result">The result.</param>
    /// <param name="usage">What was used.</param>
    public static BatchResult Using(this BatchResult result, BatchUsage usage) => new()
    {
        CustomId = result.CustomId,
        Status = result.Status,
        Outcome = result.Outcome,
        Images = result.Images,
        Error = result.Error,
        Usage = usage,
        Position = result.Position,
    };

    /// <summary>A small real PNG; other seeds give other bytes.</summary>
    /// <param name="seed">Stands in the picture's only pixel row.</param>
    public static byte[] Png(int seed)
    {
        using var image = NetVips.Image.Black(8, 8, bands: 3) + new double[] { seed % 256, (seed / 256) % 256, 120 };
        using var bytes = image.Cast(NetVips.Enums.BandFormat.Uchar);
        return bytes.PngsaveBuffer();
    }
}
