namespace Batchwork.Emulator.Batches;

/// <summary>
/// The life of a batch, worked out from its record alone: nothing runs in the background that a restart could interrupt. One thing is
/// waited for besides time: a batch does not say it is done before its files are made.
/// </summary>
internal sealed class BatchTimeline
{
    private readonly BatchRecord _batch;
    private readonly DateTimeOffset _validated;
    private readonly DateTimeOffset? _ran;
    private readonly DateTimeOffset _expires;

    public BatchTimeline(BatchRecord batch)
    {
        _batch = batch;
        _validated = batch.CreatedAt + batch.Schedule.Validating;
        _expires = ExpiresAt(batch);
        var ran = _validated + batch.Schedule.Run(batch.Pictures);
        _ran = batch.NeverEnding > 0 || ran > _expires ? null : ran;
    }

    /// <summary>Whether it will expire, if nothing more is asked of it.</summary>
    public bool Expires => _batch.Problems.Count == 0 && _ran is null;

    /// <summary>Requests that end by themselves.</summary>
    private int Ending => _batch.Requests - _batch.NeverEnding;

    public static DateTimeOffset ExpiresAt(BatchRecord batch) => batch.CreatedAt + batch.Schedule.Window;

    /// <summary>The batch at a moment.</summary>
    public BatchMoment At(DateTimeOffset now)
    {
        if (_batch.CancelRequestedAt is { } cancelled)
        {
            return Cancelled(cancelled, now);
        }

        if (now < _validated)
        {
            return new BatchMoment(BatchStatus.Validating, 0);
        }

        if (_batch.Problems.Count > 0)
        {
            return new BatchMoment(BatchStatus.Failed, 0) { FailedAt = _validated };
        }

        return _ran is { } ran ? Completing(ran, now) : Expiring(now);
    }

    /// <summary>When the request at a place of the plan ended or ends by itself.</summary>
    public DateTimeOffset EndedAt(int place) => _validated + (_batch.Schedule.Run(_batch.Pictures) * ((place + 1d) / Math.Max(1, Ending)));

    /// <summary>When it ends, if nothing more is asked of it.</summary>
    public DateTimeOffset EndsAt() =>
        _batch.CancelRequestedAt is { } cancelled ? cancelled + _batch.Schedule.Cancelling
        : _batch.Problems.Count > 0 ? _validated
        : _ran is { } ran ? ran + _batch.Schedule.Finalizing
        : _expires;

    /// <summary>How many requests have ended at the end of the batch; nothing more comes to its files after that.</summary>
    public int DoneAtEnd() => _batch.CancelRequestedAt is { } cancelled ? DoneAt(cancelled) : DoneAt(_expires);

    private BatchMoment Completing(DateTimeOffset ran, DateTimeOffset now)
    {
        var moment = new BatchMoment(BatchStatus.InProgress, DoneAt(now)) { InProgressAt = _validated };
        if (now < ran)
        {
            return moment;
        }

        moment = moment with { Status = BatchStatus.Finalizing, FinalizingAt = ran };
        var completed = ran + _batch.Schedule.Finalizing;
        return now < completed || _batch.Results is null ? moment : moment with { Status = BatchStatus.Completed, CompletedAt = completed };
    }

    private BatchMoment Expiring(DateTimeOffset now)
    {
        var moment = new BatchMoment(BatchStatus.InProgress, DoneAt(now < _expires ? now : _expires)) { InProgressAt = _validated };
        return now < _expires || _batch.Results is null ? moment : moment with { Status = BatchStatus.Expired, ExpiredAt = _expires };
    }

    private BatchMoment Cancelled(DateTimeOffset at, DateTimeOffset now)
    {
        var moment = new BatchMoment(BatchStatus.Cancelling, DoneAt(at))
        {
            CancellingAt = at,
            InProgressAt = at < _validated ? null : _validated,
        };
        var gone = at + _batch.Schedule.Cancelling;
        return now < gone || _batch.Results is null ? moment : moment with { Status = BatchStatus.Cancelled, CancelledAt = gone };
    }

    private int DoneAt(DateTimeOffset now)
    {
        if (_batch.Problems.Count > 0 || now < _validated)
        {
            return 0;
        }

        var run = _batch.Schedule.Run(_batch.Pictures);
        return now >= _validated + run ? Ending : (int)(Ending * ((now - _validated) / run));
    }
}
