using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Some problems name a number or another row in their text. Over a group stands what all its rows have in common.</summary>
internal static class GroupTexts
{
    public static RowProblem For(RowProblem problem) => problem.Code switch
    {
        "duplicate-id" => problem with { Message = "The id is used by an earlier row. Each row needs its own, because results come back under it." },
        "similar-id" => problem,
        "repeated-request" => problem with { Message = "The same prompt with the same settings as an earlier row. Both are sent and charged." },
        "id-too-long" => problem with { Message = "The id is longer than 64 characters. Shorten it." },
        "prompt-too-long" => problem with { Message = "The prompt is longer than the model takes. Shorten it, or skip the row." },
        "too-many-cells" => problem with { Message = "The row has more cells than there are columns. Put text that contains the separator in quotes, then check the row." },
        _ => problem,
    };
}
