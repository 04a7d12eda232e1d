namespace Batchwork.Engine.Onboarding;

/// <summary>What the demo left in a workspace.</summary>
/// <param name="Jobs">Demo jobs.</param>
/// <param name="Running">Of these, those that still run.</param>
/// <param name="Pictures">Pictures of these jobs.</param>
/// <param name="Drafts">Drafts on a demo connection that did not become jobs.</param>
/// <param name="Connections">Demo connections that are removed too. Only where another connection takes their place.</param>
public sealed record DemoData(int Jobs, int Running, int Pictures, int Drafts, int Connections)
{
    /// <summary>Whether nothing is there that was made with the demo. Its connections alone are no data.</summary>
    public bool IsEmpty => Jobs == 0 && Drafts == 0;
}
