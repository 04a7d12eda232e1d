namespace Batchwork.Testing.Hostility;

/// <summary>Texts that mean something to somebody: a browser, a spreadsheet, a terminal, a file system, a database. One list for every field and every sink.</summary>
public static class HostileTexts
{
    /// <summary>What a script of ours would set, were it ever run.</summary>
    public const string Trap = "window.__xss=1";

    public static IReadOnlyList<string> All { get; } =
    [
        $"<script>{Trap}</script>",
        $"<img src=x onerror={Trap}>",
        $"\"><svg onload={Trap}>",
        $"' onmouseover='{Trap}' autofocus onfocus='{Trap}",
        $"</title><script>{Trap}</script>",
        $"javascript:{Trap}",
        "{{constructor.constructor('alert(1)')()}} ${7*7} #{7*7} @(7*7)",
        "=HYPERLINK(\"http://evil.example\",\"open\")",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\uFF1DSUM(1)",
        "'; DROP TABLE Jobs; --",
        "100%_\\ OR 1=1",
        "../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "/absolute",
        "CON.png",
        "name\".zip; filename*=UTF-8''evil.exe",
        "%0d%0aSet-Cookie: evil=1",
        "\u202Egnp.exe",
        "e\u0301 \u00e9 👩‍👩‍👧‍👦 مرحبا",
    ];

    /// <summary>Those with line breaks and control characters, for sinks that can be handed such: logs, headers, provider answers.</summary>
    public static IReadOnlyList<string> WithControls { get; } =
    [
        "first\r\nX-Injected: 1",
        "first\nfail: Batchwork.Forged[0] an entry that never was",
        "\u001b[2J\u001b]0;owned\u0007",
        "bell\u0007back\b\b\bnul\0end",
        "line\u2028para\u2029\u0085next",
    ];
}
