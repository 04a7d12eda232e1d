using Batchwork.Dashboard.Shared;
using MudBlazor;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>Says what came of sending rows again.</summary>
internal static class SentAgain
{
    public static void AddSentAgain(this ISnackbar snackbar, int rows) => snackbar.Add(
        rows == 0 ? "Nothing was sent again: somebody else did so already." : $"{Figures.Count(rows, "row")} on the way again.", Severity.Normal);
}
