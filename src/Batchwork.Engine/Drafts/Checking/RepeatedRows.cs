using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Finds ids and requests that were there before. Keeps 16 bytes a row, not the texts: sheets may have a million rows.</summary>
internal sealed class RepeatedRows
{
    private readonly Dictionary<UInt128, int> _ids = [];
    private readonly Dictionary<UInt128, int> _looseIds = [];
    private readonly Dictionary<UInt128, int> _requests = [];
    private readonly StringBuilder _content = new();

    /// <summary>Compares a row with those before it.</summary>
    /// <param name="number">The row's number.</param>
    /// <param name="request">The row as it would be sent.</param>
    /// <param name="hasOwnId">Whether the id stands in the sheet.</param>
    /// <param name="problems">Receives what is repeated.</param>
    public void Look(int number, EffectiveRequest request, bool hasOwnId, RowProblems problems)
    {
        LookAtId(number, request.CustomId, hasOwnId, problems);
        if (request.Prompt.Length > 0 && !_requests.TryAdd(Hash(Content(request)), number))
        {
            problems.Warn(
                "repeated-request",
                SheetFields.Prompt,
                null,
                $"The same prompt with the same settings as row {_requests[Hash(Content(request))]}. Both are sent and charged.");
        }
    }

    private void LookAtId(int number, string id, bool hasOwnId, RowProblems problems)
    {
        if (!_ids.TryAdd(Hash(id), number))
        {
            var first = _ids[Hash(id)];
            problems.Error(
                "duplicate-id",
                SheetFields.CustomId,
                null,
                hasOwnId
                    ? $"The id '{CellText.Cut(id, 40)}' is already used by row {first}. Each row needs its own."
                    : $"The row has no id, and the one it would be given, '{id}', is used by row {first}.");
        }
        else if (hasOwnId && !_looseIds.TryAdd(Hash(id.Normalize().ToUpperInvariant()), number))
        {
            problems.Warn(
                "similar-id",
                SheetFields.CustomId,
                id,
                $"The id '{CellText.Cut(id, 40)}' differs only in capitals or accents from that of row {_looseIds[Hash(id.Normalize().ToUpperInvariant())]}.");
        }
    }

    private string Content(EffectiveRequest request)
    {
        _content.Clear()
            .Append(request.Prompt).Append('\u0001')
            .Append(request.N.Value).Append('\u0001')
            .Append(request.Size.Value).Append('\u0001')
            .Append(request.AspectRatio.Value).Append('\u0001')
            .Append(request.Seed.IsSent ? request.Seed.Value : null);
        foreach (var (name, value) in request.Options)
        {
            _content.Append('\u0001').Append(name).Append('=').Append(value.Value?.ToJsonString());
        }

        return _content.ToString();
    }

    private static UInt128 Hash(string text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan()));
}
