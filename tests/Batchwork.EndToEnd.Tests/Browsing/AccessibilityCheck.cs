using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Browsing;

/// <summary>Lets axe judge a page.</summary>
public static class AccessibilityCheck
{
    /// <summary>Everything axe calls serious or critical, one finding an element, with what helps.</summary>
    public static async Task<IReadOnlyList<string>> SeriousFindingsAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return
        [
            .. from rule in result.Violations
               where rule.Impact is "serious" or "critical"
               from node in rule.Nodes
               select $"{rule.Id} ({rule.Impact}): {rule.Help}\n    at {node.Target}\n    in {node.Html}\n    {string.Join("; ", Reasons(node))}",
        ];
    }

    public static async Task AssertNoneSeriousAsync(IPage page)
    {
        var findings = await SeriousFindingsAsync(page);
        if (findings.Count > 0)
        {
            Assert.Fail($"axe found {findings.Count} serious faults on {page.Url}:\n  " + string.Join("\n  ", findings));
        }
    }

    private static IEnumerable<string> Reasons(AxeResultNode node) =>
        node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message).Distinct();
}
