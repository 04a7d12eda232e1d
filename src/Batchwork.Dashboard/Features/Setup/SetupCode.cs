using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Batchwork.Dashboard.Features.Setup;

/// <summary>Proves that whoever sets up can read the program's output: else the first stranger who finds the port would own it. New at each start.</summary>
internal sealed class SetupCode
{
    public string Value { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public bool Matches(string? code) =>
        code is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Value));
}
