namespace Batchwork.Engine.Jobs;

/// <summary>So many images at the same price.</summary>
/// <param name="What">What they have in common, for example <c>1024x1024, medium</c>.</param>
/// <param name="Images">How many.</param>
/// <param name="MicroUsd">Price of one in millionths of a US dollar; <see langword="null"/> when it is not known.</param>
/// <param name="Source">Where the price comes from.</param>
/// <param name="AsOf">When it was read there.</param>
public sealed record PriceLine(string What, long Images, long? MicroUsd, string? Source, DateOnly? AsOf);
