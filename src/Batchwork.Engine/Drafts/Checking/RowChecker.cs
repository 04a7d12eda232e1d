using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>One pass over the rows of a sheet, in order. The same pass serves the check, the table and the start of the job, so what is shown is what is sent.</summary>
/// <param name="settings">The settings.</param>
internal sealed class RowChecker(CheckSettings settings)
{
    private const string ModelColumn = "model";
    private readonly RowParser _parser = new(settings.Provider, settings.Rules);
    private readonly RepeatedRows _repeated = new();

    /// <summary>Checks a row by itself and against the rows before it.</summary>
    /// <param name="row">The row; not a skipped one.</param>
    /// <returns>The row as it would be sent.</returns>
    public CheckedRow Check(SheetRow row)
    {
        var checkedRow = CheckAlone(row, out var problems);
        _repeated.Look(row.Number, checkedRow.Effective, row.Cells.ContainsKey(SheetFields.CustomId), problems);
        return checkedRow with { Check = problems.Worst };
    }

    /// <summary>A row as it would be sent, without a check.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The row's own values, and the request after the merge with the defaults.</returns>
    public (ImageRequest Own, EffectiveRequest Effective) Request(SheetRow row)
    {
        var own = _parser.Parse(row.Cells, new RowProblems());
        return (own, Merge(own, row.Index));
    }

    private CheckedRow CheckAlone(SheetRow row, out RowProblems problems)
    {
        problems = new RowProblems();
        if (row.ReadProblem is { } read)
        {
            problems.Add(read);
        }

        var own = _parser.Parse(row.Cells, problems);
        var effective = Merge(own, row.Index);
        if (row.Cells.Count == 0 && row.ReadProblem is not null)
        {
            // The line could not be read at all: that it also has no prompt is no news.
            problems.Clear();
            problems.Add(row.ReadProblem);
        }
        else
        {
            CheckWithProvider(effective, problems);
            CheckOddities(row, effective, problems);
        }

        return new CheckedRow(own, effective, problems.Worst, problems.All);
    }

    private EffectiveRequest Merge(ImageRequest own, int index) => EffectiveRequest.Merge(own, index, settings.Defaults, settings.Provider);

    private void CheckWithProvider(EffectiveRequest effective, RowProblems problems)
    {
        if (settings.Adapter is null || settings.Model is null)
        {
            return;
        }

        foreach (var problem in settings.Adapter.Check(effective, settings.Model))
        {
            var translated = ProviderProblems.Translate(problem, effective, settings.Rules);
            if (!problems.Has(translated.Field))
            {
                problems.Add(translated);
            }
        }
    }

    private void CheckOddities(SheetRow row, EffectiveRequest effective, RowProblems problems)
    {
        if (effective.Prompt.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') >= 0 || effective.Prompt.AsSpan().IndexOfAnyInRange('\u2066', '\u2069') >= 0)
        {
            problems.Warn("direction-marks", SheetFields.Prompt, null, "The prompt has invisible marks that turn the direction of writing. They are sent as they are.");
        }

        if (settings.Model is not null && row.Extra is not null && row.Extra.TryGetValue(ModelColumn, out var model) && model.Trim() != settings.Model)
        {
            problems.Warn("model-differs", ModelColumn, model.Trim(), $"The sheet names the model {CellText.Cut(model.Trim())}; this job sends everything to {settings.Model}.");
        }
    }
}
