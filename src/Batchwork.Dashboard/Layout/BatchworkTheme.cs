using MudBlazor;

namespace Batchwork.Dashboard.Layout;

/// <summary>The tokens of <c>tokens.css</c> once more, for MudBlazor's own parts. Change both together.</summary>
internal static class BatchworkTheme
{
    private static readonly string[] s_fonts = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"];

    public static MudTheme Instance { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#4B46D8",
            Secondary = "#5A6068",
            Info = "#2A66D9",
            Success = "#1B7F54",
            Warning = "#A86200",
            Error = "#C2332B",
            Background = "#F7F7F5",
            BackgroundGray = "#ECECE8",
            Surface = "#FFFFFF",
            DrawerBackground = "#FFFFFF",
            AppbarBackground = "#F7F7F5",
            AppbarText = "#15171A",
            TextPrimary = "#15171A",
            TextSecondary = "#5A6068",
            TextDisabled = "#9AA0A8",
            ActionDefault = "#5A6068",
            ActionDisabled = "#9AA0A8",
            LinesDefault = "#E4E4DF",
            LinesInputs = "#8C8C86",
            TableLines = "#E4E4DF",
            Divider = "#E4E4DF",
            OverlayDark = "rgba(21,23,26,0.4)",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8F8BFF",
            PrimaryContrastText = "#0F1114",
            Secondary = "#A4ACB7",
            Info = "#74A7FF",
            InfoContrastText = "#0F1114",
            Success = "#4CC38A",
            SuccessContrastText = "#0F1114",
            Warning = "#F2B25C",
            WarningContrastText = "#0F1114",
            Error = "#FF7B72",
            ErrorContrastText = "#0F1114",
            Background = "#0F1114",
            BackgroundGray = "#0B0D10",
            Surface = "#16191E",
            DrawerBackground = "#16191E",
            AppbarBackground = "#0F1114",
            AppbarText = "#ECEEF1",
            TextPrimary = "#ECEEF1",
            TextSecondary = "#A4ACB7",
            TextDisabled = "#69717C",
            ActionDefault = "#A4ACB7",
            ActionDisabled = "#69717C",
            LinesDefault = "#272C33",
            LinesInputs = "#69717C",
            TableLines = "#272C33",
            Divider = "#272C33",
            OverlayDark = "rgba(0,0,0,0.6)",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = s_fonts, FontSize = "0.875rem", LineHeight = "1.43", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = s_fonts, FontSize = "0.875rem", FontWeight = "550", TextTransform = "none", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = s_fonts, FontSize = "0.875rem", LineHeight = "1.43", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = s_fonts, FontSize = "0.8125rem", LineHeight = "1.43", LetterSpacing = "normal" },
        },
    };
}
