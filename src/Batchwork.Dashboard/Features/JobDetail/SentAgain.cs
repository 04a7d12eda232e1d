using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Costs;
using MudBlazor;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>Sends rows again and says what came of it.</summary>
public sealed class SentAgain(IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>Sends.</summary>
    /// <param name="send">Answers how many rows are on their way.</param>
    public async Task SendAsync(Func<Task<int>> send)
    {
        try
        {
            var rows = await send();
            snackbar.Add(
                rows == 0 ? "Nothing was sent again: somebody else did so already." : $"{Figures.Count(rows, "row")} on the way again.", Severity.Normal);
        }
        catch (BudgetExceededException e)
        {
            await dialogs.ShowMessageBoxAsync("Nothing was sent again", e.Message, yesText: "Close");
        }
    }
}
