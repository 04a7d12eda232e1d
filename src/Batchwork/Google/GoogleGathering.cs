using System.Globalization;
using System.Text.Json;

namespace Batchwork.Google;

/// <summary>
/// Puts the pictures of a request that went out as several requests back into one result. Google mostly answers in the order it was asked, so few requests wait
/// for their last picture at a time; of those that wait only what is needed is kept, and their pictures are where the sink put them.
/// </summary>
internal sealed class GoogleGathering : IAsyncDisposable
{
    private const string MissingCode = "missing_part";

    // What to tell of several failures: first what may work when it is sent again.
    private static readonly ResultOutcome[] s_order =
    [
        ResultOutcome.Transient, ResultOutcome.NoImage, ResultOutcome.Unreadable, ResultOutcome.Expired, ResultOutcome.Cancelled, ResultOutcome.Invalid, ResultOutcome.Refused,
    ];

    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Waiting, long> _oldest = new();
    private ResultPosition? _end;

    /// <summary>Takes what was read next.</summary>
    /// <param name="part">The answer to one request of Google's, under its key.</param>
    /// <param name="start">The place before it.</param>
    /// <returns>A result, if one is complete now.</returns>
    public BatchResult? Add(BatchResult part, ResultPosition start)
    {
        _end = part.Position;
        var key = GooglePartKey.Read(part.CustomId);
        if (key.Count == 1)
        {
            return Of(part, key.CustomId, part.Images, Safe(part.Position));
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{key.Count}/{key.CustomId}");
        if (!_waiting.TryGetValue(id, out var waiting))
        {
            waiting = new Waiting(key.CustomId, key.Count, start);
            _waiting.Add(id, waiting);
            _oldest.Enqueue(waiting, start.Line);
        }

        if (!waiting.Take(part, key.Number))
        {
            // The same picture twice: it is told twice, as it came.
            return Of(part, key.CustomId, part.Images, Safe(part.Position));
        }

        if (waiting.Missing > 0)
        {
            return null;
        }

        _waiting.Remove(id);
        waiting.IsDone = true;
        return waiting.Result(Safe(part.Position));
    }

    /// <summary>What still waits when everything is read: results with pictures missing.</summary>
    public IEnumerable<BatchResult> Rest()
    {
        while (_oldest.TryDequeue(out var waiting, out _))
        {
            if (!waiting.IsDone)
            {
                waiting.IsDone = true;
                yield return waiting.Result(Safe(_end!));
            }
        }

        _waiting.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var waiting in _waiting.Values.Where(w => !w.IsDone))
        {
            foreach (var image in waiting.Images)
            {
                if (image.Content is { } content)
                {
                    await content.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    // Whoever goes on from here must meet again the first part of what waits.
    private ResultPosition Safe(ResultPosition end)
    {
        while (_oldest.TryPeek(out var waiting, out _))
        {
            if (!waiting.IsDone)
            {
                return waiting.Start;
            }

            _oldest.Dequeue();
        }

        return end;
    }

    private static BatchResult Of(BatchResult part, string customId, IReadOnlyList<BatchImage> images, ResultPosition position) => new()
    {
        CustomId = customId,
        Status = part.Status,
        Outcome = part.Outcome,
        Images = images,
        Text = part.Text,
        Usage = part.Usage,
        Error = part.Error,
        Raw = part.Raw,
        Position = position,
    };

    /// <summary>A request that waits for pictures.</summary>
    private sealed class Waiting(string customId, int count, ResultPosition start)
    {
        private readonly HashSet<int> _seen = [];
        private readonly List<(ResultOutcome Outcome, BatchError? Error, JsonElement? Raw)> _failures = [];
        private readonly SortedDictionary<int, IReadOnlyList<BatchImage>> _images = [];
        private BatchUsage? _usage;
        private string? _text;
        private JsonElement? _raw;

        public int Missing => count - _seen.Count;

        public bool IsDone { get; set; }

        public ResultPosition Start => start;

        public IEnumerable<BatchImage> Images => _images.Values.SelectMany(images => images);

        public bool Take(BatchResult part, int number)
        {
            if (!_seen.Add(number))
            {
                return false;
            }

            _usage = Sum(_usage, part.Usage);
            _text ??= part.Text is null ? null : ErrorText.Clean(part.Text, null);
            if (part.Images.Count > 0)
            {
                _images[number] = part.Images;
            }

            if (part.Outcome != ResultOutcome.Succeeded)
            {
                _failures.Add((part.Outcome, part.Error, part.Raw));
            }
            else if (Missing == 0)
            {
                _raw = part.Raw;
            }

            return true;
        }

        public BatchResult Result(ResultPosition position)
        {
            if (Missing > 0)
            {
                var message = string.Create(CultureInfo.InvariantCulture, $"Google gave no answer for {Missing} of {count} pictures.");
                _failures.Add((ResultOutcome.Transient, new BatchError(MissingCode, message), null));
            }

            var images = Numbered();
            var succeeded = images.Exists(image => image.Problem == ImageProblem.None);
            var worst = _failures.Count == 0 ? default : _failures.MinBy(f => Array.IndexOf(s_order, f.Outcome));
            return new BatchResult
            {
                CustomId = customId,
                Status = succeeded ? BatchResultStatus.Succeeded : BatchResultStatus.Errored,
                Outcome = !succeeded ? worst.Outcome : _failures.Count > 0 ? ResultOutcome.Partial : ResultOutcome.Succeeded,
                Images = images,
                Text = _text,
                Usage = _usage,
                Error = worst.Error,
                Raw = worst.Raw ?? _raw,
                Position = position,
            };
        }

        // A picture keeps the place it was asked for; a second one of the same answer goes behind all of these.
        private List<BatchImage> Numbered()
        {
            var extra = count;
            List<BatchImage> images = [];
            foreach (var (number, own) in _images)
            {
                for (var i = 0; i < own.Count; i++)
                {
                    images.Add(own[i].At(i == 0 ? number - 1 : extra++));
                }
            }

            images.Sort((a, b) => a.Index.CompareTo(b.Index));
            return images;
        }

        private static BatchUsage? Sum(BatchUsage? one, BatchUsage? other) => one is null || other is null ? one ?? other : new BatchUsage
        {
            InputTokens = Sum(one.InputTokens, other.InputTokens),
            InputTextTokens = Sum(one.InputTextTokens, other.InputTextTokens),
            InputImageTokens = Sum(one.InputImageTokens, other.InputImageTokens),
            OutputTokens = Sum(one.OutputTokens, other.OutputTokens),
            OutputImageTokens = Sum(one.OutputImageTokens, other.OutputImageTokens),
            OutputTextTokens = Sum(one.OutputTextTokens, other.OutputTextTokens),
            TotalTokens = Sum(one.TotalTokens, other.TotalTokens),
        };

        private static long? Sum(long? one, long? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);
    }
}
