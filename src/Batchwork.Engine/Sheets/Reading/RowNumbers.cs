using System.Globalization;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Counts rows and remembers the first few, for notices.</summary>
internal sealed class RowNumbers
{
    private const int Shown = 5;
    private readonly List<int> _first = [];
    private int _last;

    public int Count { get; private set; }

    public void Add(int row)
    {
        if (Count > 0 && row == _last)
        {
            return;
        }

        _last = row;
        Count++;
        if (_first.Count < Shown)
        {
            _first.Add(row);
        }
    }

    public override string ToString() =>
        Count == 1
            ? $"row {_first[0].ToString(CultureInfo.InvariantCulture)}"
            : $"{Count.ToString("N0", CultureInfo.InvariantCulture)} rows ({string.Join(", ", _first)}{(Count > Shown ? " …" : "")})";
}
