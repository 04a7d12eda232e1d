namespace Batchwork.Engine.Archives;

/// <summary>Times in a zip file.</summary>
internal static class ZipTime
{
    /// <summary>Bytes that <see cref="WriteExtra"/> writes.</summary>
    public const int ExtraLength = 9;

    private static readonly DateTimeOffset s_first = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The old two-second clock without a time zone, here in UTC. Tools that know the extra field below show their own local time.</summary>
    public static (ushort Date, ushort Time) Dos(DateTimeOffset time)
    {
        var utc = (time < s_first ? s_first : time).UtcDateTime;
        return (
            (ushort)(((utc.Year - 1980) << 9) | (utc.Month << 5) | utc.Day),
            (ushort)((utc.Hour << 11) | (utc.Minute << 5) | (utc.Second / 2)));
    }

    /// <summary>The "extended timestamp" of Info-ZIP: seconds since 1970 in UTC, the same in local and central headers.</summary>
    public static void WriteExtra(ref SpanWriter to, DateTimeOffset time)
    {
        to.Write16(0x5455);
        to.Write16(5);
        to.Write([1]);
        to.Write32((uint)Math.Clamp(time.ToUnixTimeSeconds(), 0, int.MaxValue));
    }
}
