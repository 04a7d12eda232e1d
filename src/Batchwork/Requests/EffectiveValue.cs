namespace Batchwork;

/// <summary>A value together with where it comes from.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value; the type's default when <paramref name="Origin"/> is <see cref="ValueOrigin.Provider"/>.</param>
/// <param name="Origin">Where it comes from.</param>
public readonly record struct EffectiveValue<T>(T? Value, ValueOrigin Origin)
{
    /// <summary>Whether the value is sent at all.</summary>
    public bool IsSent => Origin != ValueOrigin.Provider;
}
