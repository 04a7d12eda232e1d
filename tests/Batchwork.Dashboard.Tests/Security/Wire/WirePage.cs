using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>
/// A live page over the wire: answers the server's scripts as a browser would, keeps what was drawn, and sends events. It acknowledges nothing
/// (<see cref="Acknowledges"/>) when told so, as a slow or a hostile browser would.
/// </summary>
internal sealed partial class WirePage : IAsyncDisposable
{
    private readonly WireConnection _connection;
    private readonly Uri _address;
    private readonly List<RenderBatch> _drawn = [];
    private readonly HashSet<long> _gone = [];
    private readonly Dictionary<string, WireMessage> _answers = [];
    private long _events;
    private int _calls;

    private WirePage(WireConnection connection, Uri address)
    {
        _connection = connection;
        _address = address;
    }

    public WireConnection Connection => _connection;

    public string Origin => _address.GetLeftPart(UriPartial.Authority) + "/";

    /// <summary>What the server knows the page by, and gives out again to whoever names it.</summary>
    public string? Circuit { get; private set; }

    public bool Acknowledges { get; set; } = true;

    public bool IsClosed { get; private set; }

    /// <summary>What the server told about its own failure.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Where the server sent the page.</summary>
    public List<string> Navigations { get; } = [];

    /// <summary>How the server answered events, in their order: whether they went well.</summary>
    public List<bool> Dispatched { get; } = [];

    public IEnumerable<string> Texts => _drawn.SelectMany(b => b.Texts);

    /// <summary>Opens a page as the framework's script does: loads it, and hands back the descriptors that stand in it.</summary>
    /// <param name="browser">Whose.</param>
    /// <param name="path">The page.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<WirePage> OpenAsync(WireBrowser browser, string path, CancellationToken cancellationToken)
    {
        var markers = await MarkersAsync(browser, path, cancellationToken);
        var page = new WirePage(await browser.ConnectAsync(cancellationToken), new Uri(browser.Server, path));
        page.Circuit = await page.StartAsync("[]", cancellationToken);
        Assert.NotNull(page.Circuit);
        await page.AddAsync(markers, cancellationToken);
        return page;
    }

    /// <summary>A connection for a page that is not started yet.</summary>
    /// <param name="browser">Whose.</param>
    /// <param name="path">The page.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<WirePage> ConnectAsync(WireBrowser browser, string path, CancellationToken cancellationToken) =>
        new(await browser.ConnectAsync(cancellationToken), new Uri(browser.Server, path));

    /// <summary>The descriptors that stand in a page: sealed by the server, they say which components are to be live, with which parameters.</summary>
    public static async Task<IReadOnlyList<JsonObject>> MarkersAsync(WireBrowser browser, string path, CancellationToken cancellationToken)
    {
        var html = await browser.Http.GetStringAsync(path, cancellationToken);
        return [.. Marker().Matches(html).Select(m => JsonNode.Parse(m.Groups[1].Value)!.AsObject()).Where(m => m.ContainsKey("type"))];
    }

    /// <summary>Begins a circuit.</summary>
    /// <param name="descriptors">Its first components, as JSON.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Its secret; none when it was refused.</returns>
    public async Task<string?> StartAsync(string descriptors, CancellationToken cancellationToken) =>
        await InvokeAsync("StartCircuit", cancellationToken, Origin, _address.AbsoluteUri, descriptors, "") as string;

    /// <summary>Makes components live.</summary>
    /// <param name="markers">Their descriptors.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task AddAsync(IEnumerable<JsonObject> markers, CancellationToken cancellationToken)
    {
        var operations = new JsonArray([.. markers.Select((m, i) => (JsonNode)new JsonObject { ["type"] = "add", ["ssrComponentId"] = i + 1, ["marker"] = m.DeepClone() })]);
        var batch = new JsonObject { ["batchId"] = 1, ["operations"] = operations };
        return _connection.SendAsync([WireConnection.Call("UpdateRootComponents", batch.ToJsonString(), "")], cancellationToken);
    }

    /// <summary>Calls the hub and waits for its answer; nothing when the call failed or the connection ended.</summary>
    public async Task<object?> InvokeAsync(string method, CancellationToken cancellationToken, params object?[] arguments)
    {
        var id = await _connection.InvokeAsync(method, arguments, cancellationToken);
        WireMessage? answer = null;
        await UntilAsync(() => _answers.Remove(id, out answer) || IsClosed, cancellationToken);
        return answer is { Arguments: [3L, var value] } ? value : null;
    }

    /// <summary>Waits until an element is drawn.</summary>
    public async Task<DrawnElement> FindAsync(string name, Func<DrawnElement, bool> isIt, CancellationToken cancellationToken)
    {
        DrawnElement? found = null;
        await UntilAsync(() => (found = Drawn(name, isIt)) is not null, cancellationToken);
        return found!;
    }

    public DrawnElement? Drawn(string name, Func<DrawnElement, bool> isIt) =>
        _drawn.AsEnumerable().Reverse().SelectMany(b => b.Elements).FirstOrDefault(e => e.Name == name && !e.Events.Values.Any(_gone.Contains) && isIt(e));

    /// <summary>An event as a frame that can be sent as often as one likes.</summary>
    public byte[] Event(long handler, string name, JsonObject arguments)
    {
        var descriptor = new JsonObject { ["eventHandlerId"] = handler, ["eventName"] = name, ["eventFieldInfo"] = null };
        return WireConnection.Call("BeginInvokeDotNetFromJS", $"{++_calls}", null, "DispatchEventAsync", _events, new JsonArray(descriptor, arguments).ToJsonString());
    }

    public byte[] Click(DrawnElement element) => Event(element.Events["onclick"], "click", new JsonObject { ["type"] = "click" });

    public byte[] Choose(DrawnElement element, string value) => Event(element.Events["onchange"], "change", new JsonObject { ["value"] = value });

    /// <summary>Sends frames as one piece.</summary>
    public Task SendAsync(IEnumerable<byte[]> frames, CancellationToken cancellationToken) => _connection.SendAsync(frames, cancellationToken);

    /// <summary>Sends frames, unless the server has ended the connection.</summary>
    public Task TrySendAsync(IEnumerable<byte[]> frames, CancellationToken cancellationToken) => IsClosed ? Task.CompletedTask : SendAsync(frames, cancellationToken);

    /// <summary>Reads what the server says until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        while (!isSo())
        {
            if (IsClosed)
            {
                Assert.Fail($"The server ended the page: {string.Join(' ', Errors)}");
            }

            if (await _connection.ReadAsync(cancellationToken) is { } message)
            {
                await TakeAsync(message, cancellationToken);
            }
            else
            {
                IsClosed = true;
            }
        }
    }

    public Task UntilClosedAsync(CancellationToken cancellationToken) => UntilAsync(() => IsClosed, cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task TakeAsync(WireMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case { Answers: { } id }:
                _answers[id] = message;
                break;
            case { Method: "JS.RenderBatch", Arguments: [long number, byte[] bytes] }:
                var batch = RenderBatch.Read(bytes);
                _drawn.Add(batch);
                _gone.UnionWith(batch.DisposedHandlers);
                if (Acknowledges)
                {
                    await _connection.SendAsync([WireConnection.Call("OnRenderCompleted", number, null)], cancellationToken);
                }

                break;
            case { Method: "JS.BeginInvokeJS", Arguments: [long handle, string identifier, var arguments, long kind, ..] }:
                Run(identifier, arguments as string ?? "[]");
                if (handle != 0)
                {
                    var result = kind == 1 ? $$"""{"__jsObjectId":{{handle}}}""" : Result(identifier);
                    await _connection.SendAsync([WireConnection.Call("EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{result}]")], cancellationToken);
                }

                break;
            case { Method: "JS.EndInvokeDotNet", Arguments: [_, bool success, ..] }:
                Dispatched.Add(success);
                break;
            case { Method: "JS.Error" }:
                Errors.Add($"{message.Arguments[0]}");
                break;
        }
    }

    private void Run(string identifier, string arguments)
    {
        var given = JsonNode.Parse(arguments)!.AsArray();
        if (identifier == "Blazor._internal.attachWebRendererInterop")
        {
            _events = given[1]!["__dotNetObject"]!.GetValue<long>();
        }
        else if (identifier == "Blazor._internal.navigationManager.navigateTo")
        {
            Navigations.Add(given[0]!.GetValue<string>());
        }
    }

    /// <summary>What our own modules tell.</summary>
    private static string Result(string identifier) => identifier switch
    {
        "facts" => """{"zone":"UTC","isDark":false}""",
        "timeZone" => "\"UTC\"",
        _ => "null",
    };

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.NonBacktracking)]
    private static partial Regex Marker();
}
