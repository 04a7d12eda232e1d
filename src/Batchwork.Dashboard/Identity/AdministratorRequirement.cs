using Microsoft.AspNetCore.Authorization;

namespace Batchwork.Dashboard.Identity;

/// <summary>That a person runs this installation.</summary>
internal sealed class AdministratorRequirement : IAuthorizationRequirement;
