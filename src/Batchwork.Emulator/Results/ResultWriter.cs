using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.Results;

/// <summary>Writes the result files of a batch, line by line, always the same for the same record.</summary>
internal sealed class ResultWriter(FileStore files, BatchPlans plans, PictureMill mill, IServiceProvider services)
{
    /// <summary>Writes both files.</summary>
    /// <param name="enough">Asked before each line of the output; true ends it early.</param>
    public async Task<BatchResults> WriteAsync(
        BatchRecord batch, Stream output, Stream errors, Func<bool> enough, CancellationToken cancellationToken)
    {
        var plan = await plans.GetAsync(batch, cancellationToken);
        using var lines = new RequestLines(plan, files.ContentOf(batch.InputFileId));
        var done = new BatchTimeline(batch).DoneAtEnd();
        var run = Begin(batch, plan, lines, new ResultStretch(0, done, plan.Lines.Length));
        return await run.WriteAsync(output, errors, enough, cancellationToken);
    }

    /// <summary>Writes some of the results, whether they ended by themselves or not, for providers that hand them out in pages.</summary>
    public async Task WriteAsync(BatchRecord batch, ResultStretch stretch, Stream output, CancellationToken cancellationToken)
    {
        var plan = await plans.GetAsync(batch, cancellationToken);
        using var lines = new RequestLines(plan, files.ContentOf(batch.InputFileId));
        _ = await Begin(batch, plan, lines, stretch).WriteAsync(output, output, () => false, cancellationToken);
    }

    private Run Begin(BatchRecord batch, BatchPlan plan, RequestLines lines, ResultStretch stretch) =>
        new(batch, plan, lines, stretch, services.GetRequiredKeyedService<IAnswerFormat>(batch.Provider), mill);

    private sealed class Run(
        BatchRecord batch, BatchPlan plan, RequestLines lines, ResultStretch stretch, IAnswerFormat format, PictureMill mill)
    {
        private int _lines = stretch.From;

        public async Task<BatchResults> WriteAsync(Stream output, Stream errors, Func<bool> enough, CancellationToken cancellationToken)
        {
            using var line = new JsonLine();
            var ahead = new Queue<Prepared>();
            for (var place = stretch.From; place < stretch.Done && !enough(); place++)
            {
                if (Prepare(place, cancellationToken) is { } prepared)
                {
                    ahead.Enqueue(prepared);
                    if (ahead.Count >= mill.Threads)
                    {
                        await WriteAsync(line, ahead.Dequeue(), output, errors, cancellationToken);
                    }
                }
            }

            while (ahead.TryDequeue(out var prepared))
            {
                await WriteAsync(line, prepared, output, errors, cancellationToken);
            }

            for (var place = Math.Max(stretch.From, stretch.Done); place < stretch.To && errors != Stream.Null; place++)
            {
                line.Begin(errors, default, cut: false);
                var request = plan.RequestAt(place);
                await format.WriteNotRunAsync(line, lines.Read(request), batch, request, cancellationToken);
                await line.EndAsync(cancellationToken);
                await errors.WriteAsync(TwistedLine.End(LineTwist.None), cancellationToken);
            }

            return Count();
        }

        private BatchResults Count()
        {
            var (input, output) = (0L, 0L);
            for (var place = 0; place < stretch.Done; place++)
            {
                if (plan.FailedOf(place + 1) == plan.FailedOf(place))
                {
                    var line = plan.Lines[plan.RequestAt(place)];
                    (input, output) = (input + line.InputTokens, output + line.OutputTokens);
                }
            }

            var failed = plan.FailedOf(stretch.Done);
            return new BatchResults { Completed = stretch.Done - failed, Failed = failed, InputTokens = input, OutputTokens = output };
        }

        // The first picture of the next few lines is begun while the line before is written.
        private Prepared? Prepare(int place, CancellationToken cancellationToken)
        {
            var request = plan.RequestAt(place);
            if (plan.Lines[request].Outcome == LineOutcome.Silent)
            {
                return null;
            }

            var answer = format.Read(lines.Read(request), batch, request);
            var first = answer.HoldsPictures && answer.Pictures is [var picture, ..] ? GetAsync(picture, answer, cancellationToken) : null;
            return new Prepared(answer, first);
        }

        private async Task WriteAsync(JsonLine line, Prepared prepared, Stream output, Stream errors, CancellationToken cancellationToken)
        {
            var answer = prepared.Answer;
            var target = answer.IsFailure ? errors : output;
            var twist = answer.Twist;
            if (!answer.IsFailure)
            {
                _lines++;
                twist = batch.LineFaults.Aggregate(twist, (all, fault) => all | fault.For(_lines));
            }

            if (twist.HasFlag(LineTwist.Missing))
            {
                return;
            }

            if (twist.HasFlag(LineTwist.Stray))
            {
                var stray = answer with { CustomId = "stray-" + answer.CustomId, Pictures = [.. answer.Pictures.Take(1)] };
                await WriteAsync(line, stray, LineTwist.None, prepared.First, target, cancellationToken);
            }

            await WriteAsync(line, Rename(answer, twist), twist, prepared.First, target, cancellationToken);
            if (twist.HasFlag(LineTwist.Duplicate))
            {
                await WriteAsync(line, answer, LineTwist.None, prepared.First, target, cancellationToken);
            }

            if (twist.HasFlag(LineTwist.DuplicateDifferent))
            {
                var others = answer.Pictures.Select(picture => picture with { Index = picture.Index + 1000 });
                await WriteAsync(line, answer with { Pictures = [.. others] }, LineTwist.None, null, target, cancellationToken);
            }
        }

        private async Task WriteAsync(
            JsonLine line, Answer answer, LineTwist twist, Task<Picture>? first, Stream target, CancellationToken cancellationToken)
        {
            if (twist.HasFlag(LineTwist.Bom))
            {
                await target.WriteAsync(TwistedLine.Bom, cancellationToken);
            }

            line.Begin(target, TwistedLine.Insert(twist, format.IdKey), twist.HasFlag(LineTwist.Cut));
            await format.WriteAsync(line, answer, Next, batch, cancellationToken);
            await line.EndAsync(cancellationToken);
            await target.WriteAsync(TwistedLine.End(twist), cancellationToken);
            if (twist.HasFlag(LineTwist.Blank))
            {
                await target.WriteAsync(TwistedLine.End(LineTwist.None), cancellationToken);
            }

            Task<Picture> Next(PictureRequest picture, CancellationToken token) =>
                first is not null && ReferenceEquals(picture, answer.Pictures[0]) ? first : GetAsync(picture, answer, token);
        }

        private static Answer Rename(Answer answer, LineTwist twist) =>
            twist.HasFlag(LineTwist.EmptyId) ? answer with { CustomId = "" }
            : twist.HasFlag(LineTwist.UnknownId) ? answer with { CustomId = "unknown-" + answer.CustomId }
            : answer;

        private async Task<Picture> GetAsync(PictureRequest request, Answer answer, CancellationToken cancellationToken)
        {
            var asked = Markers.PictureDamages.Ask(request, answer.Damage);
            var picture = await mill.GetAsync(asked, batch.Seed, batch.Repeat, cancellationToken);
            return Markers.PictureDamages.Apply(picture, answer.Damage).PaddedTo(answer.PaddedTo);
        }

        private sealed record Prepared(Answer Answer, Task<Picture>? First);
    }
}
