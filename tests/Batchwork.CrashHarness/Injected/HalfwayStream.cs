namespace Batchwork.CrashHarness.Injected;

/// <summary>A sheet that arrives in small pieces and tells when half of it is there.</summary>
internal sealed class HalfwayStream(byte[] bytes, CrashTrigger trigger) : MemoryStream(bytes)
{
    private const int Piece = 64;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer.Length > Piece ? buffer[..Piece] : buffer, cancellationToken);
        if (Position >= Length / 2)
        {
            trigger.At("sheet.half");
        }

        return read;
    }
}
