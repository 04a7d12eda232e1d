using Batchwork.Dashboard.Identity;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Features.Setup;

/// <summary>Before serving: makes the administrator that the settings name, and finishes a set-up that was cut off.</summary>
internal sealed class FirstStart(SetupService setup, FirstPerson firstPerson, IOptions<SetupOptions> options)
{
    /// <summary>Does what there is to do.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="OptionsValidationException">The settings name an administrator who cannot be made.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await setup.CompleteAsync(cancellationToken);
        var wanted = options.Value;
        if (string.IsNullOrWhiteSpace(wanted.Email) || string.IsNullOrEmpty(wanted.Password) || await firstPerson.ExistsAsync(cancellationToken))
        {
            return;
        }

        var name = string.IsNullOrWhiteSpace(wanted.Name) ? wanted.Email.Split('@')[0] : wanted.Name;
        var result = await setup.CreateAdministratorAsync(new NewAdministrator(name, wanted.Email, wanted.Password), cancellationToken);
        if (result.Errors.Count > 0)
        {
            throw new OptionsValidationException(
                SetupOptions.SectionName,
                typeof(SetupOptions),
                result.Errors.Select(e => $"{SetupOptions.SectionName}: {e.Description}"));
        }
    }
}
