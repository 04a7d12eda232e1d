namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>Draws a grid out to the pixels of a line.</summary>
internal sealed class GridRow(Grid grid)
{
    private readonly float[] _line = new float[grid.Columns];
    private float[] _pixels = [];

    public ReadOnlySpan<float> At(Row row)
    {
        if (_pixels.Length < row.Length + Grid.Step)
        {
            _pixels = new float[row.Length + (2 * Grid.Step)];
        }

        var place = row.Y / Grid.Step;
        var upper = Math.Clamp((int)place, 0, grid.Rows - 2);
        var share = place - upper;
        var above = grid.Line(upper);
        var below = grid.Line(upper + 1);
        for (var i = 0; i < _line.Length; i++)
        {
            _line[i] = above[i] + ((below[i] - above[i]) * share);
        }

        DrawOut(row.Length);
        return _pixels.AsSpan(0, row.Length);
    }

    private void DrawOut(int length)
    {
        for (int column = 0, x = 0; x < length; column++, x += Grid.Step)
        {
            var left = _line[Math.Min(column, _line.Length - 2)];
            var perPixel = (_line[Math.Min(column + 1, _line.Length - 1)] - left) / Grid.Step;
            var target = _pixels.AsSpan(x, Grid.Step);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = left + (perPixel * (i + 0.5f));
            }
        }
    }
}
