namespace Batchwork.Dashboard.Features.Setup;

/// <summary>Who is to run the installation.</summary>
/// <param name="Name">As others see them.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Password">Their password.</param>
internal sealed record NewAdministrator(string Name, string Email, string Password)
{
    // A record prints its members; this one must not end in a log.
    public override string ToString() => nameof(NewAdministrator);
}
