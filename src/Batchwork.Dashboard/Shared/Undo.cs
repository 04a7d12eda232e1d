using MudBlazor;

namespace Batchwork.Dashboard.Shared;

/// <summary>Says what was done and offers to take it back for ten seconds.</summary>
public static class Undo
{
    private const int Milliseconds = 10_000;

    /// <summary>Shows the message.</summary>
    /// <param name="snackbar">The page's snackbar.</param>
    /// <param name="done">What was done, for example <c>Removed “Studio key”.</c></param>
    /// <param name="undo">Takes it back.</param>
    public static void ShowUndo(this ISnackbar snackbar, string done, Func<Task> undo)
    {
        ArgumentNullException.ThrowIfNull(snackbar);
        snackbar.Add(done, Severity.Normal, options =>
        {
            options.HideIcon = true;
            options.VisibleStateDuration = Milliseconds;
            options.HideTransitionDuration = 120;
            options.ShowTransitionDuration = 120;
            options.Action = "Undo";
            options.ActionColor = Color.Primary;
            options.OnClick = _ => undo();
        });
    }
}
