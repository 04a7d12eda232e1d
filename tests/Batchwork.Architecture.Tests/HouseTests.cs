using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.Rules;

namespace Batchwork.Architecture.Tests;

public sealed class HouseTests
{
    private static readonly IReadOnlyList<SourceFile> s_code =
    [
        .. Repository.Files("src", ".cs", ".razor"),
        .. Repository.Files("tests", ".cs", ".razor"),
        .. Repository.Files("samples", ".cs"),
    ];

    private static readonly IReadOnlyList<SourceFile> s_markup =
    [
        .. Repository.Files("src", ".razor", ".cshtml", ".html", ".css", ".js", ".svg"),
        .. Repository.Files("wwwroot-assets", ".html", ".css", ".js", ".svg"),
    ];

    [Fact]
    public void Folders_InThisRepository_AreNoKindsOfClass() => Findings.AreNone(FolderRules.FoldersAreNoKindsOfClass(s_code));

    [Fact]
    public void Folders_MadeUpKindOfClass_IsCaught() => Findings.Are(
        FolderRules.FoldersAreNoKindsOfClass(MadeUp.Files(
            ("src/Batchwork/Helpers/A.cs", ""),
            ("src/Batchwork.Engine/Jobs/services/A.cs", ""),
            ("src/Batchwork/Http/A.cs", ""))),
        "named Helpers",
        "named services");

    [Fact]
    public void Folders_InThisRepository_AreNotNamedLikeATypeInThem() => Findings.AreNone(FolderRules.FoldersAreNotNamedLikeATypeInThem(s_code));

    [Fact]
    public void Folders_MadeUpLikeATypeInThem_AreCaught() => Findings.Are(
        FolderRules.FoldersAreNotNamedLikeATypeInThem(MadeUp.Files(
            ("src/Batchwork.Engine/Jobs/Job.cs", "namespace X; public class Job {}"),
            ("src/Batchwork.Engine/Sheet/Reading/A.cs", "namespace X { public class Outer { class Reading {} } public sealed record Sheet<T>(int A); }"),
            ("src/Batchwork.Dashboard/Features/Gallery/Gallery.razor", "<p/>"),
            ("src/Batchwork/Results/B.cs", "// class Results\npublic enum Kind { Results }"))),
        "type Sheet",
        "type Gallery");

    [Fact]
    public void Pages_InThisRepository_EndInPage() => Findings.AreNone(PageRules.PagesEndInPage(s_markup));

    [Fact]
    public void Pages_InThisRepository_HaveATitle() => Findings.AreNone(PageRules.PagesHaveATitle(s_markup));

    [Fact]
    public void Pages_MadeUpWithoutNameOrTitle_AreCaught()
    {
        var files = MadeUp.Files(
            ("src/D/Home.razor", "@page \"/\"\n<PageTitle>Home</PageTitle>"),
            ("src/D/JobsPage.razor", "@page \"/jobs\"\n@* <PageTitle> *@\n<h1>Jobs</h1>"),
            ("src/D/RoutedPage.razor", "@attribute [Route(Urls.Jobs)]\n<h1>Jobs</h1>"),
            ("src/D/FinePage.razor", "@page \"/fine\"\n<PageTitle>Fine</PageTitle>"),
            ("src/D/Card.razor", "<div/>"));

        Findings.Are(PageRules.PagesEndInPage(files), "Home.razor");
        Findings.Are(PageRules.PagesHaveATitle(files), "JobsPage.razor", "RoutedPage.razor");
    }

    [Fact]
    public void Assets_InThisRepository_AreOurs() => Findings.AreNone(PageRules.AssetsAreOurs(s_markup));

    [Fact]
    public void Assets_MadeUpFromElsewhere_AreCaught() => Findings.Are(
        PageRules.AssetsAreOurs(MadeUp.Files(
            ("src/D/App.razor", """
                <script src="https://cdn.example/a.js"></script>
                <link rel="stylesheet"
                      href='//cdn.example/b.css' />
                <a href="https://example.org">out</a>
                <img src="/logo.svg">
                """),
            ("src/D/app.css", """
                /* url(https://example.org/fine-in-a-comment) */
                @import "https://cdn.example/c.css";
                a { background: url( 'http://cdn.example/d.png' ) }
                b { background: url(e.png) }
                """),
            ("src/D/app.js", "import x from 'https://cdn.example/f.js'; const address = 'http://www.w3.org/2000/svg';"),
            ("assets/mark.svg", """<svg xmlns="http://www.w3.org/2000/svg"><image href="http://cdn.example/g.png"/></svg>"""))),
        "a.js",
        "b.css",
        "c.css",
        "d.png",
        "f.js",
        "g.png");

    [Fact]
    public void Source_OfThisRepository_LeavesNothingToDo() => Findings.AreNone(PageRules.NothingIsLeftToDo(
    [
        .. Repository.Files("src", ".cs", ".razor", ".css", ".js", ".json", ".csproj"),
        .. Repository.Files("wwwroot-assets", ".css", ".js", ".svg"),
    ]));

    [Fact]
    public void Source_MadeUpWithLooseEnds_IsCaught() => Findings.Are(
        PageRules.NothingIsLeftToDo(MadeUp.Files(
            ("src/A/A.cs", $"// {"TO" + "DO"}: later"),
            ("src/A/B.razor", $"@* {"FIX" + "ME"} *@"),
            ("src/A/C.css", $"/* {"HA" + "CK"} */"),
            ("src/A/D.cs", "// hackney, Todorov"))),
        "A.cs says",
        "B.razor says",
        "C.css says");

    [Fact]
    public void Migrations_InThisRepository_StayAsTheyWere() =>
        Findings.AreNone(MigrationRules.MigrationsStayAsTheyWere(s_code, Repository.Read(MigrationRules.List).Text));

    [Fact]
    public void Migrations_MadeUpEdits_AreCaught()
    {
        const string Folder = "src/Batchwork.Engine/Persistence/Migrations/";
        var first = new SourceFile(Folder + "20261101000000_First.cs", "class First {}\r\n");
        var second = new SourceFile(Folder + "20261102000000_Second.cs", "class Second {}");
        var list = $"""
            # why
            {MigrationRules.Fingerprint(first)} {first.Path}
            {MigrationRules.Fingerprint(second)} {second.Path}
            0123 {Folder}20261103000000_Gone.cs
            """;

        Findings.Are(
            MigrationRules.MigrationsStayAsTheyWere(
            [
                first with { Text = "class First {}\n" },
                second with { Text = "class Second { int x; }" },
                new SourceFile(Folder + "20261104000000_New.cs", ""),
                new SourceFile(Folder + "LedgerModelSnapshot.cs", ""),
                new SourceFile(Folder + "20261104000000_New.Designer.cs", ""),
            ], list),
            "_Second.cs was edited",
            "_Gone.cs is gone",
            "_New.cs is new");
    }
}
