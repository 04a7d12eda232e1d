using System.Text;

namespace Batchwork.Dashboard.Hosting;

/// <summary>Where the program talks to the person who started it: the few lines that are no log.</summary>
/// <param name="Out">For answers.</param>
/// <param name="Error">For why it cannot go on.</param>
/// <param name="In">For what the person types.</param>
/// <param name="ReadSecret">Reads a line that is not to be seen.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, TextReader In, Func<string?> ReadSecret)
{
    public static Terminal OfProcess() => new(Console.Out, Console.Error, Console.In, ReadHidden);

    private static string? ReadHidden()
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine();
        }

        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Out.WriteLine();
        return typed.ToString();
    }
}
