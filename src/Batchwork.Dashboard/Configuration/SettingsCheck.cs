using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Batchwork.Dashboard.Features.Setup;
using Batchwork.Dashboard.Identity.Provider;
using Batchwork.Dashboard.Identity.Sessions;
using Batchwork.Dashboard.Mail;
using Batchwork.Dashboard.Security;
using Batchwork.Engine.Hosting;

namespace Batchwork.Dashboard.Configuration;

/// <summary>Reads all settings before anything starts, so that a person mends them once and not one by one. A new options class belongs in the list.</summary>
internal static class SettingsCheck
{
    public static readonly ImmutableArray<(string Section, Type Options)> Sections =
    [
        (EngineOptions.SectionName, typeof(EngineOptions)),
        (SecurityOptions.SectionName, typeof(SecurityOptions)),
        (SignInSessionOptions.SectionName, typeof(SignInSessionOptions)),
        (SetupOptions.SectionName, typeof(SetupOptions)),
        (ProviderOptions.SectionName, typeof(ProviderOptions)),
        (MailOptions.SectionName, typeof(MailOptions)),
    ];

    /// <summary>Finds what is wrong.</summary>
    /// <param name="configuration">The settings.</param>
    /// <returns>One sentence a fault, each beginning with the key.</returns>
    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
    [
        .. Sections.SelectMany(o => o.Options.GetProperties().Where(p => p.CanWrite).SelectMany(p => Faults(configuration, $"{o.Section}:{p.Name}", p))),
        .. AddressFaults(configuration["urls"]),
        .. SetupFaults(configuration),
        .. ProviderFaults(configuration),
        .. MailFaults(configuration),
    ];

    /// <summary>Writes what is wrong as a list.</summary>
    /// <param name="faults">The faults.</param>
    /// <returns>The list with its heading.</returns>
    public static string Explain(IReadOnlyCollection<string> faults) =>
        string.Join(Environment.NewLine, [$"Batchwork cannot start: {(faults.Count == 1 ? "a setting is" : $"{faults.Count} settings are")} wrong.", .. faults.Select(f => "  " + f)]);

    private static IEnumerable<string> Faults(IConfiguration configuration, string key, PropertyInfo property)
    {
        if (configuration[key] is not { } text)
        {
            yield break;
        }

        if (!TryRead(text, property.PropertyType, out var value))
        {
            yield return $"{key}: '{text}' is not {Wanted(property.PropertyType)}.";
            yield break;
        }

        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>().Where(rule => !rule.IsValid(value)))
        {
            yield return rule is RangeAttribute range
                ? $"{key}: {text} is not from {range.Minimum} to {range.Maximum}."
                : $"{key}: {rule.FormatErrorMessage(property.Name)}";
        }
    }

    private static bool TryRead(string text, Type type, out object? value)
    {
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text.Trim());
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            value = null;
            return false;
        }
    }

    private static string Wanted(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(TimeSpan) ? "a time such as 00:01:30"
        : $"a {type.Name}";

    private static IEnumerable<string> AddressFaults(string? urls)
    {
        foreach (var url in (urls ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(url))
            {
                yield return $"urls: '{url}' is not an address such as http://localhost:5080.";
            }
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // What does not even bind, the other rules have told.
    private static IEnumerable<string> ProviderFaults(IConfiguration configuration)
    {
        try
        {
            return ProviderRules.Faults(configuration.GetSection(ProviderOptions.SectionName).Get<ProviderOptions>() ?? new ProviderOptions());
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private static IEnumerable<string> MailFaults(IConfiguration configuration)
    {
        var mail = configuration.GetSection(MailOptions.SectionName);
        if (string.IsNullOrWhiteSpace(mail[nameof(MailOptions.Host)]))
        {
            yield break;
        }

        if (!MimeKit.MailboxAddress.TryParse(mail[nameof(MailOptions.From)], out _))
        {
            yield return $"{MailOptions.SectionName}:From is not a sender such as Batchwork <batchwork@example.com>. Without it {MailOptions.SectionName}:Host has no use.";
        }

        if (!Uri.TryCreate(mail[nameof(MailOptions.PublicUrl)], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return $"{MailOptions.SectionName}:PublicUrl is not an address such as https://batchwork.example.com. Links in letters begin with it.";
        }
    }

    private static IEnumerable<string> SetupFaults(IConfiguration configuration)
    {
        var setup = configuration.GetSection(SetupOptions.SectionName);
        var hasEmail = !string.IsNullOrWhiteSpace(setup[nameof(SetupOptions.Email)]);
        var hasPassword = !string.IsNullOrEmpty(setup[nameof(SetupOptions.Password)]);
        if (hasEmail != hasPassword)
        {
            yield return hasEmail
                ? $"{SetupOptions.SectionName}:Password is missing. Without it {SetupOptions.SectionName}:Email has no use."
                : $"{SetupOptions.SectionName}:Email is missing. Without it {SetupOptions.SectionName}:Password has no use.";
        }
    }
}
