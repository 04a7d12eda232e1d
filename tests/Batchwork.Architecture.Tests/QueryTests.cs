using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.Rules;

namespace Batchwork.Architecture.Tests;

public sealed class QueryTests
{
    [Fact]
    public void Queries_InThisRepository_GroupInTheDatabase() => Findings.AreNone(QueryRules.GroupsAreFormedByTheDatabase(CodeBase.Product));

    [Fact]
    public void Query_MadeUpThatGroupsInMemory_IsCaught() => Findings.Are(
        QueryRules.GroupsAreFormedByTheDatabase(MadeUp.Code(("src/Batchwork.Engine/A.cs", """
            using System.Linq;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.EntityFrameworkCore;
            class A
            {
                Task<Dictionary<int, int>> InMemory(IQueryable<int> rows) => rows.GroupBy(r => r % 2).ToDictionaryAsync(g => g.Key, g => g.Count(), default(CancellationToken));
                Task<Dictionary<int, int>> InTheDatabase(IQueryable<int> rows) => rows.GroupBy(r => r % 2).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, default(CancellationToken));
            }
            """))),
        "A calls ToDictionaryAsync");
}
