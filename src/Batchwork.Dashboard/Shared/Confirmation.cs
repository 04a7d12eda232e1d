using MudBlazor;

namespace Batchwork.Dashboard.Shared;

/// <summary>A question before something that cannot simply be taken back.</summary>
/// <param name="Title">The question.</param>
/// <param name="Texts">What happens, what stays, what it costs.</param>
/// <param name="Confirm">The verb with its number, for example <c>Cancel 3,667 rows</c>.</param>
/// <param name="Keep">The way back, for example <c>Keep running</c>.</param>
public sealed record Confirmation(string Title, IReadOnlyList<string> Texts, string Confirm, string Keep)
{
    /// <summary>Asks.</summary>
    /// <param name="dialogs">The page's dialogs.</param>
    /// <returns>Whether the person said yes.</returns>
    public async Task<bool> AskAsync(IDialogService dialogs)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(Title, new DialogParameters<ConfirmDialog>
        {
            { d => d.Title, Title },
            { d => d.Texts, Texts },
            { d => d.Confirm, Confirm },
            { d => d.Keep, Keep },
        });
        return await dialog.Result is { Canceled: false };
    }
}
