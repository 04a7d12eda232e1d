namespace Batchwork.EndToEnd.Tests.Processes;

/// <summary>The dashboard, as built, with a data folder of its own.</summary>
public sealed class DashboardProcess : ServerProcess
{
    private const string SetUpLine = "Set up: ";

    public DashboardProcess(string? dataFolder = null)
        : base("Batchwork.Dashboard", dataFolder) => Set("Batchwork__DataFolder", Folder);

    /// <summary>The address with the code that lets the first person in. It is printed until set-up is done.</summary>
    public async Task<Uri> SetUpAddressAsync(CancellationToken cancellationToken)
    {
        var line = await WaitForLineAsync(SetUpLine, cancellationToken);
        return new Uri(line[(line.IndexOf(SetUpLine, StringComparison.Ordinal) + SetUpLine.Length)..].Trim());
    }

    private protected override IEnumerable<string> Arguments() => [];
}
