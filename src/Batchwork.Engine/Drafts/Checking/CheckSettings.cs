using Batchwork.Adapters;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Under which settings rows are checked.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Model">The provider's name of the model; <see langword="null"/> when none is chosen yet.</param>
/// <param name="Defaults">Values for rows that do not bring their own.</param>
/// <param name="IsDemo">Whether nothing is charged.</param>
/// <param name="Adapter">The provider's rules; <see langword="null"/> when no connection is chosen yet.</param>
internal sealed record CheckSettings(string Provider, string? Model, ImageDefaults Defaults, bool IsDemo, IBatchAdapter? Adapter)
{
    /// <summary>The rules of the model, if it is known.</summary>
    public ModelRules? Rules { get; } = Adapter?.Models.FirstOrDefault(m => m.Id == Model);
}
