namespace Batchwork.Dashboard.Hosting;

/// <summary>Where the program talks to the person who started it: the few lines that are no log.</summary>
/// <param name="Out">For answers.</param>
/// <param name="Error">For why it cannot go on.</param>
/// <param name="In">For what the person types.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, TextReader In)
{
    public static Terminal OfProcess() => new(Console.Out, Console.Error, Console.In);
}
