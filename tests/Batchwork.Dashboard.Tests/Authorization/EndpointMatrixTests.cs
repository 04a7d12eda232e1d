using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>Every endpoint and page × every kind of person × own and foreign, each really asked for.</summary>
public sealed class EndpointMatrixTests(MatrixServer server) : IClassFixture<MatrixServer>
{
    private static readonly string[] s_people = ["anonymous", "nobody", .. MatrixTable.Roles, "disabled", "removed"];

    [Fact]
    public async Task Every_EndpointAndPage_AnswersEachPersonAsTheTableSays()
    {
        var faults = new List<string>();
        // Signing out last: where sessions are rows, it ends the cookie that was used.
        foreach (var (subject, pattern) in Endpoints.Of(server.Services).OrderBy(e => e.Key.Contains("sign-out", StringComparison.Ordinal)))
        {
            if (!MatrixTable.Read.Subjects.Contains(subject))
            {
                faults.Add($"matrix.md has no row for {subject}. Say in it who may do this.");
                continue;
            }

            var row = MatrixTable.Read[subject];
            var method = subject.StartsWith("page ", StringComparison.Ordinal) ? "GET" : subject.Split(' ')[0];
            async Task CheckAsync(string who, string column, string address)
            {
                var answer = await server.AskAsync(who, method, address);
                if (answer != row[column])
                {
                    faults.Add($"{subject}: {who}{(column == who ? null : $", {column}")} got {answer}, and the table says {row[column]}.");
                }
            }

            foreach (var who in s_people)
            {
                await CheckAsync(who, who, Endpoints.Address(pattern, server.Own, server.Own));
            }

            foreach (var who in MatrixTable.Roles.Where(_ => Endpoints.IsInAWorkspace(pattern)))
            {
                await CheckAsync(who, "foreign workspace", Endpoints.Address(pattern, server.Foreign, server.Foreign));
                // Whoever may not do it at all is told so before anything is looked up.
                var isAllowed = row[who] is not "403";
                await CheckAsync(who, Endpoints.NamesSomething(pattern) && isAllowed ? "foreign object" : who, Endpoints.Address(pattern, server.Own, server.Foreign));
            }
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void Every_Page_HasARow()
    {
        var pages = typeof(Batchwork.Dashboard.Layout.App).Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>())
            .Select(r => $"page {r.Template}")
            .ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.Contains(page, MatrixTable.Read.Subjects));
    }

    [Fact]
    public void Every_Row_IsOfSomethingThatIsThere()
    {
        var known = Endpoints.Of(server.Services).Keys.Concat(ServiceMethods.WithActor.Keys).Concat(ServiceMethods.WithoutActor.Keys).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(MatrixTable.Read.Subjects, s => !known.Contains(s));
    }
}
