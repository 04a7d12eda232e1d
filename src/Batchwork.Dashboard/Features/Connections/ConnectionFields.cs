using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Connections;

/// <summary>The form of one connection while a person works on it.</summary>
public sealed class ConnectionFields
{
    private readonly List<ConnectionFault> _faults = [];

    /// <summary>The connection that is changed; <see langword="null"/> for a new one.</summary>
    public ConnectionSummary? Stored { get; init; }

    public required ProviderSummary? Provider { get; set; }

    public string Label { get; set; } = string.Empty;

    public string ApiKey { get; set; } = string.Empty;

    public string BaseUrl { get; set; } = string.Empty;

    /// <summary>The role that is needed to start jobs over it.</summary>
    public Role UsableBy { get; set; } = Role.Creator;

    public ConnectionTest? Test { get; set; }

    /// <summary>What was done last, for example <c>Saved.</c></summary>
    public string? Done { get; set; }

    public static ConnectionFields ForNew(ProviderSummary? provider) => new() { Provider = provider, BaseUrl = provider?.PublicBaseUrl ?? string.Empty };

    public static ConnectionFields For(ConnectionSummary stored, ProviderSummary? provider) => new()
    {
        Stored = stored,
        Provider = provider,
        Label = stored.Label,
        BaseUrl = stored.BaseUrl ?? provider?.PublicBaseUrl ?? string.Empty,
        UsableBy = stored.UsableBy,
    };

    public string? FaultOf(string field) => _faults.Find(f => f.Field == field)?.Message;

    public void Show(IEnumerable<ConnectionFault> faults)
    {
        _faults.Clear();
        _faults.AddRange(faults);
    }

    public ConnectionEdit ToEdit() => new()
    {
        Provider = Provider?.Id ?? string.Empty,
        Label = Label,
        ApiKey = ApiKey,
        BaseUrl = BaseUrl,
        UsableBy = UsableBy,
    };
}
