namespace Batchwork.CrashHarness.Injected;

/// <summary>Something a person does, as a file in the world's folder. A person who sees after a restart that it was not done does it again.</summary>
public sealed record Order
{
    public required OrderKind Kind { get; init; }

    /// <summary>The name of the job it is about.</summary>
    public required string Job { get; init; }

    public string Provider { get; init; } = "openai";

    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>Images a row.</summary>
    public int Images { get; init; } = 1;

    /// <summary>Whether Run is pressed twice at the same moment.</summary>
    public bool Twice { get; init; }

    /// <summary>Whether rows may end without a picture: the provider is made to refuse or to lose them.</summary>
    public bool MayFail { get; init; }

    /// <summary>For <see cref="OrderKind.Wait"/>: how long by the app's clock.</summary>
    public TimeSpan Span { get; init; }

    /// <summary>For <see cref="OrderKind.ConfirmSafeMode"/>: whether it is a copy beside the original.</summary>
    public bool IsCopy { get; init; }

    /// <summary>For <see cref="OrderKind.Arm"/>: the event at which the process dies.</summary>
    public string? Event { get; init; }

    /// <summary>For <see cref="OrderKind.Arm"/>: the how manieth such event from now on.</summary>
    public int Occurrence { get; init; } = 1;
}
