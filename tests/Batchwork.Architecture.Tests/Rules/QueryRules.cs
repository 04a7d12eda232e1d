using Batchwork.Architecture.Tests.Reading;
using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>
/// Groups are formed by the database. A query that ends in <c>GroupBy</c> brings every row of every group into memory, and EF Core says nothing: for one
/// sentence about a part of 50,000 rows that was 90 MiB.
/// </summary>
internal static class QueryRules
{
    private const string Queries = "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions";

    public static IEnumerable<string> GroupsAreFormedByTheDatabase(CodeBase code) =>
        from use in code.Uses
        where use.Called is GenericInstanceMethod { DeclaringType.FullName: Queries } called && called.GenericArguments[0].FullName.StartsWith("System.Linq.IGrouping`2", StringComparison.Ordinal)
        select $"{use.From.FullName} calls {use.Called!.Name} on groups: select what is wanted of each first, or CountByAsync.";
}
