namespace Batchwork.Engine.Auditing;

/// <summary>Kinds of entries in a job's timeline; a page shows one icon a kind.</summary>
public enum ActivityKind
{
    Created = 1,
    Submitted = 2,
    ProviderStatus = 3,
    Collected = 4,
    Problem = 5,
    Person = 6,
    Ended = 7,
}
