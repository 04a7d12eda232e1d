using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>What came of making or changing an account: whose it is, or why not.</summary>
internal sealed record AccountResult
{
    private AccountResult()
    {
    }

    /// <summary>The person; <see langword="null"/> when it was refused.</summary>
    public string? UserId { get; private init; }

    /// <summary>Why it was refused. <c>Code</c> tells the field: it contains <c>Email</c> or <c>UserName</c> for the address, else it is the password.</summary>
    public IReadOnlyList<IdentityError> Errors { get; private init; } = [];

    public static AccountResult Done(string userId) => new() { UserId = userId };

    public static AccountResult Refused(IEnumerable<IdentityError> errors) => new() { Errors = [.. errors] };
}
