namespace Batchwork;

/// <summary>What is peculiar to a provider about a batch's requests: what it takes of them, and how they are written.</summary>
internal interface IRequestForm
{
    /// <summary>The provider's id.</summary>
    string Provider { get; }

    /// <summary>The provider's name for people.</summary>
    string DisplayName { get; }

    /// <summary>Checks what a batch has beside its requests.</summary>
    void CheckBatch(ImageBatch batch, ProblemList problems);

    /// <summary>Checks everything of a request but its options.</summary>
    void CheckRequest(EffectiveRequest request, ModelRules? model, ProblemList problems);

    /// <summary>Checks a request's options.</summary>
    void CheckOptions(EffectiveRequest request, ModelRules? model, ProblemList problems);

    /// <summary>Makes a writer of requests for a model. It always writes the same bytes for the same request.</summary>
    IRequestWriter Writer(string model);
}
