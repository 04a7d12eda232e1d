namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>A run of colours, evenly spaced, mixed once and then only looked up.</summary>
internal sealed class Ramp
{
    private const int Steps = 256;
    private readonly Rgb[] _colours = new Rgb[Steps];

    public Ramp(params ReadOnlySpan<Rgb> stops)
    {
        for (var i = 0; i < Steps; i++)
        {
            var place = i / (float)(Steps - 1) * (stops.Length - 1);
            var left = Math.Min((int)place, Math.Max(stops.Length - 2, 0));
            _colours[i] = stops.Length == 1 ? stops[0] : stops[left].Mix(stops[left + 1], place - left);
        }
    }

    public Rgb At(float place) => _colours[(int)(Math.Clamp(place, 0, 1) * (Steps - 1))];
}
