namespace Batchwork.Emulator.Batches;

/// <summary>Result lines that come out broken: the ones at a place, or every so many.</summary>
/// <param name="At">The line's number in its file, from 1; 0 for none.</param>
/// <param name="Every">Every so many lines; 0 for none.</param>
internal sealed record LineFault(LineTwist Twist, int At, int Every)
{
    public LineTwist For(int number) => number == At || (Every > 0 && number % Every == 0) ? Twist : LineTwist.None;
}
