using Batchwork.Engine.Auditing;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Identity;

/// <summary>Notes what happens to accounts in the audit log of the installation.</summary>
internal sealed class AuditedAccountEvents(AuditLog log, IHttpContextAccessor requests) : IAccountEvents
{
    public Task WriteAsync(string what, string accountId, string accountName, string? by, CancellationToken cancellationToken, string? after = null)
    {
        var request = requests.HttpContext;
        var name = by == accountId ? accountName : request?.User.Identity?.IsAuthenticated is true && request.User.UserId() == by ? request.User.DisplayName() : by;
        var person = by is null ? null : new Person(by, name!, request?.Origin());
        return log.WriteAsync(person, what, accountName, accountId, before: null, after, cancellationToken);
    }
}
