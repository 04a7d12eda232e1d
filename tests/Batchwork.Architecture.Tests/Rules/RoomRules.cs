using System.Text.RegularExpressions;
using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>Which room inside a layer may know which other.</summary>
internal static partial class RoomRules
{
    private const string Library = "src/Batchwork";
    private const string Features = "src/Batchwork.Dashboard/Features";

    private static readonly string[] s_providers = ["OpenAI", "Google", "XAI"];

    // Pages read projections and subscribe to LiveUpdates. What talks to a database, a scheduler or a provider is the engine's.
    private static readonly string[] s_notForPages =
    [
        "Microsoft.EntityFrameworkCore.DbContext",
        "Microsoft.EntityFrameworkCore.IDbContextFactory`1",
        "System.Net.Http.HttpClient",
        "System.Net.Http.IHttpClientFactory",
        "Quartz.IScheduler",
        "Quartz.ISchedulerFactory",
        "Batchwork.Adapters.IBatchAdapter",
    ];

    public static IEnumerable<string> ProvidersStayApart(CodeBase code) =>
        from use in code.Uses
        from own in s_providers
        from other in s_providers
        where own != other && code.IsIn(use.From, $"{Library}/{own}") && code.IsIn(use.To, $"{Library}/{other}")
        select LayerRules.Say(use);

    public static IEnumerable<string> FeaturesStayApart(CodeBase code)
    {
        var features = code.Sources.Where(file => file.IsIn(Features)).Select(FeatureOf).OfType<string>().Distinct().ToList();
        var compiled =
            from use in code.Uses
            from own in features
            from other in features
            where own != other && code.IsIn(use.From, $"{Features}/{own}") && code.IsIn(use.To, $"{Features}/{other}")
            select LayerRules.Say(use);

        // A constant of another feature leaves no trace in the compiled code, only in the text.
        var written =
            from file in code.Sources
            where file.IsIn(Features) && FeatureOf(file) is not null
            from Match match in FeatureName().Matches(file.TextWithoutComments)
            where match.Groups[1].Value != FeatureOf(file) && features.Contains(match.Groups[1].Value)
            select $"{file.Path} names Features.{match.Groups[1].Value}.";

        return compiled.Concat(written);
    }

    public static IEnumerable<string> PagesStayThin(CodeBase code)
    {
        var components = code.Types
            .Where(type => type.DeclaringType is null && LayerRules.IsA(type, "Microsoft.AspNetCore.Components.IComponent"))
            .Select(type => type.FullName)
            .ToHashSet(StringComparer.Ordinal);
        return
            from use in code.Uses
            where components.Contains(use.From.FullName) && LayerRules.IsA(use.To, s_notForPages)
            select LayerRules.Say(use);
    }

    /// <summary>An actor that was made by hand keeps its role for ever: whoever was removed could go on over an open page.</summary>
    public static IEnumerable<string> ActorsAreMadeInOneRoom(CodeBase code) =>
        from use in code.Uses
        where use.IsNew && use.To.FullName == "Batchwork.Engine.Workspaces.Actor" && !code.IsIn(use.From, "src/Batchwork.Engine/Workspaces")
        select LayerRules.Say(use);

    // Home/HomePage.razor is in the feature Home; a file right in Features (_Imports.razor) is in none.
    private static string? FeatureOf(SourceFile file)
    {
        var rest = file.Path[(Features.Length + 1)..].Split('/');
        return rest.Length > 1 ? rest[0] : null;
    }

    [GeneratedRegex(@"\bFeatures\.([A-Za-z]\w*)")]
    private static partial Regex FeatureName();
}
