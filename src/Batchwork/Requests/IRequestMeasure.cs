namespace Batchwork;

/// <summary>An adapter that can say, without any network call, how long requests become.</summary>
internal interface IRequestMeasure
{
    /// <summary>Bytes of an upload, or of a call, around its requests, at most.</summary>
    long BytesAround(ImageBatch batch);

    /// <summary>Makes a measure of a model's requests: the bytes of each in an upload, at most.</summary>
    Func<EffectiveRequest, long> Measure(string model);
}
