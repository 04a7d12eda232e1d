using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>The workspaces a person is in, those they may restore and, for administrators, a new one. Plain HTML: it stands outside of every workspace.</summary>
public sealed partial class WorkspacesPage
{
    private EditContext _context = default!;
    private IReadOnlyList<WorkspaceSummary> _mine = [];
    private IReadOnlyList<ArchivedWorkspace> _archived = [];
    private Administrator? _administrator;

    [SupplyParameterFromForm(FormName = "workspace")]
    private WorkspaceForm Form { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private WorkspaceQueries Queries { get; set; } = default!;

    [Inject]
    private WorkspaceService Workspaces { get; set; } = default!;

    [Inject]
    private DemoConnections Demos { get; set; } = default!;

    [Inject]
    private Administrators Administrators { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Person Self => HttpContext.User.Person(HttpContext.Origin());

    protected override async Task OnInitializedAsync()
    {
        Form ??= new WorkspaceForm();
        _context = new EditContext(Form);
        var userId = HttpContext.User.UserId();
        _administrator = await Administrators.FindAsync(userId, HttpContext.RequestAborted);
        _mine = await Queries.ListAsync(userId, HttpContext.RequestAborted);
        _archived = await Queries.ListArchivedAsync(userId, HttpContext.RequestAborted);
    }

    private async Task CreateAsync()
    {
        if (_administrator is null)
        {
            return;
        }

        var made = await Workspaces.CreateAsync(_administrator with { Origin = HttpContext.Origin() }, Form.Name, HttpContext.RequestAborted);
        if (made is null)
        {
            var messages = new ValidationMessageStore(_context);
            messages.Add(_context.Field(nameof(Form.Name)), $"Enter a name of at most {WorkspaceName.MaxLength} characters.");
            _context.NotifyValidationStateChanged();
            return;
        }

        // Not cancelled half-way: the workspace exists, and every workspace has its demo.
        await Demos.EnsureAsync(made.Id, CancellationToken.None);
        Navigation.NavigateTo($"/w/{made.Slug}");
    }

    private async Task RestoreAsync(Guid workspaceId)
    {
        var restored = await Workspaces.RestoreAsync(Self, workspaceId, HttpContext.RequestAborted);
        Navigation.NavigateTo(restored is null ? "/workspaces" : $"/w/{restored.Slug}");
    }
}
