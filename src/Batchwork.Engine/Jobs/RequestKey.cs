using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Batchwork.Engine.Jobs;

/// <summary>
/// A short name of what is sent for a row, without its id: equal keys are equal effective requests to the same model, so their pictures can stand in for
/// each other if a person wants that.
/// </summary>
internal static class RequestKey
{
    /// <summary>128 bits: no two requests meet by chance.</summary>
    private const int Length = 16;

    /// <summary>Makes a request's key.</summary>
    /// <param name="request">The request as it is sent.</param>
    /// <param name="provider">The provider's id.</param>
    /// <param name="model">The provider's name of the model.</param>
    /// <param name="isDemo">Whether it goes to the demo, whose pictures are no stand-in for real ones.</param>
    /// <returns>32 lower-case hex digits.</returns>
    public static string Of(EffectiveRequest request, string provider, string model, bool isDemo)
    {
        var text = new StringBuilder(request.Prompt.Length + 128);
        Add(isDemo ? "demo" : provider);
        Add(model);
        Add(request.Prompt);
        Add(request.N.Value.ToString(CultureInfo.InvariantCulture));
        Add(request.Size.Value);
        Add(request.AspectRatio.Value);
        Add(request.Seed.IsSent ? request.Seed.Value.ToString(CultureInfo.InvariantCulture) : null);
        foreach (var (name, value) in request.Options.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(value.Value?.ToJsonString());
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Length));

        // With its length before it, no value can run into the next.
        void Add(string? value) => text.Append(CultureInfo.InvariantCulture, $"{value?.Length ?? -1}:{value}");
    }
}
