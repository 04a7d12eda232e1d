using System.Globalization;
using Microsoft.Extensions.Options;

namespace Batchwork;

/// <summary>Reports all faults of the settings at once.</summary>
internal sealed class BatchworkOptionsValidator : IValidateOptions<BatchworkOptions>
{
    public ValidateOptionsResult Validate(string? name, BatchworkOptions options)
    {
        var faults = new List<string>();
        Positive(nameof(options.ConnectTimeout), options.ConnectTimeout);
        Positive(nameof(options.UploadTimeout), options.UploadTimeout);
        Positive(nameof(options.CreateTimeout), options.CreateTimeout);
        Positive(nameof(options.AnswerTimeout), options.AnswerTimeout);
        Positive(nameof(options.IdleTimeout), options.IdleTimeout);
        Positive(nameof(options.FirstRetryWait), options.FirstRetryWait);
        Positive(nameof(options.MaxRetryWait), options.MaxRetryWait);
        if (options.MaxReadAttempts < 1)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(options.MaxReadAttempts)} must be at least 1, but is {options.MaxReadAttempts}."));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        // A timer takes at most about 49 days.
        void Positive(string option, TimeSpan value)
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(30))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{option} must be more than zero and at most 30 days, but is {value}."));
            }
        }
    }
}
