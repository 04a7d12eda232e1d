using System.Collections.Frozen;

namespace Batchwork.Emulator.Google;

/// <summary>The canonical statuses: their names, their codes in gRPC and what they usually say over HTTP.</summary>
internal static class GoogleStatuses
{
    private static readonly FrozenDictionary<string, int> s_codes = new Dictionary<string, int>
    {
        ["CANCELLED"] = 1,
        ["UNKNOWN"] = 2,
        ["INVALID_ARGUMENT"] = 3,
        ["DEADLINE_EXCEEDED"] = 4,
        ["NOT_FOUND"] = 5,
        ["ALREADY_EXISTS"] = 6,
        ["PERMISSION_DENIED"] = 7,
        ["RESOURCE_EXHAUSTED"] = 8,
        ["FAILED_PRECONDITION"] = 9,
        ["ABORTED"] = 10,
        ["INTERNAL"] = 13,
        ["UNAVAILABLE"] = 14,
        ["UNAUTHENTICATED"] = 16,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static int CodeOf(string status) => s_codes.GetValueOrDefault(status, 2);

    public static (string Status, string Message) Usual(int http) => http switch
    {
        400 => ("INVALID_ARGUMENT", "Request contains an invalid argument."),
        401 => ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
        403 => ("PERMISSION_DENIED", "The caller does not have permission"),
        404 => ("NOT_FOUND", "Requested entity was not found."),
        408 or 504 => ("DEADLINE_EXCEEDED", "The request timed out. Please try again."),
        409 => ("ALREADY_EXISTS", "Requested entity already exists"),
        413 => ("INVALID_ARGUMENT", "Request payload size exceeds the limit."),
        429 => ("RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details."),
        499 => ("CANCELLED", "The operation was cancelled."),
        503 or 529 => ("UNAVAILABLE", "The model is overloaded. Please try again later."),
        >= 500 => ("INTERNAL", "Internal error encountered."),
        _ => ("UNKNOWN", "Unknown error."),
    };
}
