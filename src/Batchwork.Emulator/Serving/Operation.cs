namespace Batchwork.Emulator.Serving;

/// <summary>One thing a provider's API can be asked for.</summary>
/// <param name="Name">Its name in fault rules and in the ledger, for example <c>openai.batches.create</c>.</param>
/// <param name="Errors">How the provider writes errors.</param>
internal sealed record Operation(string Name, IErrorFormat Errors);
