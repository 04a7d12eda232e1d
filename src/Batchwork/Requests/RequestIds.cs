using System.Globalization;

namespace Batchwork;

/// <summary>The ids of a batch's requests: given ones as they are, automatic ones for the rest.</summary>
/// <param name="Ids">One id a request, in order.</param>
/// <param name="Duplicates">Requests whose given id was already taken by an earlier request.</param>
internal sealed record RequestIds(IReadOnlyList<string> Ids, IReadOnlyList<RequestIds.Duplicate> Duplicates)
{
    /// <summary>The id of a request that was not given one.</summary>
    public static string Automatic(int index) => string.Create(CultureInfo.InvariantCulture, $"request-{index}");

    /// <summary>
    /// Gives each request its id, in order. A given id is never changed: when it is taken, that is a duplicate for the author to mend. An
    /// automatic id gives way to one that was given earlier (<c>request-1-2</c>).
    /// </summary>
    public static RequestIds Assign(IReadOnlyList<ImageRequest> requests)
    {
        var ids = new string[requests.Count];
        var duplicates = new List<Duplicate>();
        var owners = new Dictionary<string, int>(requests.Count, StringComparer.Ordinal);
        HashSet<string>? given = null;
        for (var index = 0; index < ids.Length; index++)
        {
            var id = requests[index]?.CustomId;
            if (string.IsNullOrEmpty(id))
            {
                id = Automatic(index);
                if (owners.ContainsKey(id))
                {
                    given ??= Given(requests);
                    id = Fresh(id, given);
                }

                owners.Add(id, index);
            }
            else if (!owners.TryAdd(id, index))
            {
                duplicates.Add(new Duplicate(id, owners[id], index));
            }

            ids[index] = id;
        }

        return new RequestIds(ids, duplicates);
    }

    private static HashSet<string> Given(IReadOnlyList<ImageRequest> requests) =>
        requests.Where(r => !string.IsNullOrEmpty(r?.CustomId)).Select(r => r.CustomId!).ToHashSet(StringComparer.Ordinal);

    // No other automatic id can look like this one: they end after one number.
    private static string Fresh(string taken, HashSet<string> given)
    {
        for (var attempt = 2; ; attempt++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{taken}-{attempt}");
            if (!given.Contains(id))
            {
                return id;
            }
        }
    }

    /// <summary>An id that two requests claim.</summary>
    internal sealed record Duplicate(string CustomId, int FirstIndex, int Index);
}
