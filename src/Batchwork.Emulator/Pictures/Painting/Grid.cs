namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>Values on a coarse grid over a picture: what changes slowly is worked out there.</summary>
internal sealed class Grid
{
    /// <summary>Pixels between two points of the grid.</summary>
    public const int Step = 8;

    private readonly float[] _values;

    public Grid(int width, int height)
    {
        Columns = (width / Step) + 3;
        Rows = (height / Step) + 3;
        _values = new float[Columns * Rows];
    }

    public int Columns { get; }

    public int Rows { get; }

    public float this[int column, int row]
    {
        get => _values[(row * Columns) + column];
        set => _values[(row * Columns) + column] = value;
    }

    public Span<float> Line(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>Fills the grid; the function gets the place in pixels.</summary>
    public Grid Fill(Func<float, float, float> value)
    {
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                this[column, row] = value(column * Step, row * Step);
            }
        }

        return this;
    }
}
