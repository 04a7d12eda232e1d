using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Features.Setup;

/// <summary>What came of a set-up: made, too late, or refused with reasons.</summary>
internal sealed record SetupResult
{
    public static readonly SetupResult AlreadyDone = new() { IsTooLate = true };

    private SetupResult()
    {
    }

    public string? UserId { get; private init; }

    public bool IsTooLate { get; private init; }

    public IReadOnlyList<IdentityError> Errors { get; private init; } = [];

    public static SetupResult Made(string userId) => new() { UserId = userId };

    public static SetupResult Refused(IEnumerable<IdentityError> errors) => new() { Errors = [.. errors] };
}
