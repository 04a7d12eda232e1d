using QRCoder;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>Draws a text as a QR code.</summary>
internal static class QrPicture
{
    /// <summary>Draws it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An SVG element without scripts or links.</returns>
    public static string Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        return picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: false, SvgQRCode.SizingMode.ViewBoxAttribute)
            .Replace("<svg ", "<svg role=\"img\" aria-label=\"QR code for the authenticator app\" ", StringComparison.Ordinal);
    }
}
