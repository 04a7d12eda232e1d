using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>
/// Every request leaves through one of the three clients of <c>src/Batchwork/Http</c>, because which of them retries, carries a key
/// or trusts an address decides whether somebody pays twice.
/// </summary>
internal static class HttpClientRules
{
    // AddBatchwork() hands the three clients to the caller's HttpClientFactory.
    private const string Registration = "Microsoft.Extensions.DependencyInjection.BatchworkServiceCollectionExtensions";

    // Where a client is made and set up. The dashboard's "health" verb asks its own server and nothing else.
    private static readonly string[] s_mayMake = ["src/Batchwork/Http", "src/Batchwork.Dashboard/Health"];

    // Where a client that IBatchTransport handed out is sent through.
    private static readonly string[] s_maySend = ["src/Batchwork/OpenAI", "src/Batchwork/Google", "src/Batchwork/XAI", "src/Batchwork/Streaming"];

    private static readonly string[] s_makings =
    [
        "System.Net.Http.HttpClientHandler",
        "System.Net.Http.SocketsHttpHandler",
        "System.Net.Http.IHttpClientFactory",
        "System.Net.Http.IHttpMessageHandlerFactory",
        "System.Net.WebClient",
        "System.Net.WebRequest",
        "System.Net.HttpWebRequest",
    ];

    public static IEnumerable<string> ClientsAreMadeInOneRoom(CodeBase code) =>
        from use in code.Uses
        where IsMaking(use) && !IsAllowed(code, use, s_mayMake)
        select LayerRules.Say(use);

    public static IEnumerable<string> ClientsAreUsedByProvidersOnly(CodeBase code) =>
        from use in code.Uses
        where use.To.FullName == "System.Net.Http.HttpClient" && !use.IsNew
            && !IsAllowed(code, use, s_mayMake)
            && !IsAllowed(code, use, s_maySend)
        select LayerRules.Say(use);

    private static bool IsAllowed(CodeBase code, TypeUse use, string[] folders) =>
        use.From.FullName == Registration || folders.Any(folder => code.IsIn(use.From, folder));

    private static bool IsMaking(TypeUse use) =>
        (use.To.FullName == "System.Net.Http.HttpClient" && use.IsNew) || s_makings.Contains(use.To.FullName);
}
