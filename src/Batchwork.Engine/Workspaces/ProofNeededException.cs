namespace Batchwork.Engine.Workspaces;

/// <summary>What was asked needs a recent proof that it is really the person, and there is none.</summary>
public sealed class ProofNeededException() : Exception("Show first that it is you.");
