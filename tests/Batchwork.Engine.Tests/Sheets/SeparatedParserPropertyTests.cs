using Batchwork.Engine.Sheets.Reading;

namespace Batchwork.Engine.Tests.Sheets;

/// <summary>Whatever a table holds, in whatever pieces its text arrives: written and read again it is the same.</summary>
public sealed class SeparatedParserPropertyTests
{
    private static readonly string[] s_pieces = ["a", "Z", "é", "👩‍👧", ",", ";", "\t", "\"", "\"\"", "\n", " ", "''", "=1", "x,y"];

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_RandomTables_GivesBackEveryCell(string newline)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var delimiter = ",;\t|"[random.Next(4)];
            var table = Enumerable.Range(0, random.Next(1, 12))
                .Select(_ => Enumerable.Range(0, 3).Select(_ => Cell(random)).ToList())
                .ToList();
            var text = string.Join(newline, table.Select(row => string.Join(delimiter, row.Select(cell => Quote(cell, delimiter))))) + (random.Next(2) == 0 ? newline : "");

            Assert.Equal(table, Read(new PiecewiseReader(text, random), delimiter));
        }
    }

    private static List<List<string>> Read(TextReader text, char delimiter)
    {
        var parser = new SeparatedParser(text, delimiter);
        var (rows, cells) = (new List<List<string>>(), new List<string>());
        while (parser.Read(cells))
        {
            rows.Add([.. cells]);
        }

        return rows;
    }

    /// <summary>Never blank at the start of a row, so that no row is an empty line.</summary>
    private static string Cell(Random random) => "c" + string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));

    private static string Quote(string cell, char delimiter) =>
        cell.AsSpan().IndexOfAny(['"', '\n', '\r', delimiter]) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed class PiecewiseReader(string text, Random random) : TextReader
    {
        private int _next;

        public override int Read(char[] buffer, int index, int count)
        {
            var length = Math.Min(Math.Min(count, random.Next(1, 5)), text.Length - _next);
            text.CopyTo(_next, buffer, index, length);
            _next += length;
            return length;
        }
    }
}
