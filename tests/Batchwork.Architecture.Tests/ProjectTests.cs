using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.Rules;

namespace Batchwork.Architecture.Tests;

public sealed class ProjectTests
{
    private static readonly IReadOnlyList<SourceFile> s_projects =
        [.. Repository.Files("src", ".csproj"), .. Repository.Files("tests", ".csproj"), .. Repository.Files("samples", ".csproj")];

    [Fact]
    public void References_InThisRepository_PointOneWay() => Findings.AreNone(ProjectRules.ReferencesPointOneWay(s_projects));

    [Fact]
    public void References_MadeUpWrongWay_AreCaught() => Findings.Are(
        ProjectRules.ReferencesPointOneWay(
        [
            Project("src/Batchwork.Emulator/Batchwork.Emulator.csproj", """<ProjectReference Include="..\Batchwork\Batchwork.csproj" />"""),
            Project("src/Batchwork.Engine/Batchwork.Engine.csproj", """
                <ProjectReference Include="../Batchwork/Batchwork.csproj" />
                <ProjectReference Include="../Batchwork.Dashboard/Batchwork.Dashboard.csproj" />
                """),
            Project("src/Batchwork.Extra/Batchwork.Extra.csproj", ""),
            Project("tests/Batchwork.Tests/Batchwork.Tests.csproj", """
                <ProjectReference Include="../../src/Batchwork.Emulator/Batchwork.Emulator.csproj" />
                """),
        ]),
        "Batchwork.Emulator references Batchwork.",
        "Batchwork.Engine references Batchwork.Dashboard.",
        "Batchwork.Extra is new");

    [Fact]
    public void LibraryPackages_InThisRepository_AreMicrosoftExtensions() => Findings.AreNone(ProjectRules.LibraryTakesOnlyMicrosoftExtensions(s_projects));

    [Fact]
    public void LibraryPackages_MadeUpForeignOne_IsCaught() => Findings.Are(
        ProjectRules.LibraryTakesOnlyMicrosoftExtensions(
        [
            Project("src/Batchwork/Batchwork.csproj", """
                <PackageReference Include="Microsoft.Extensions.Http" />
                <PackageReference Include="Microsoft.CodeAnalysis.PublicApiAnalyzers" PrivateAssets="all" />
                <PackageReference Include="Polly" />
                """),
        ]),
        "Polly");

    [Fact]
    public void Web_InThisRepository_IsTheDashboards() => Findings.AreNone(ProjectRules.NoWebBelowTheDashboard(s_projects));

    [Fact]
    public void Web_MadeUpInTheEngine_IsCaught() => Findings.Are(
        ProjectRules.NoWebBelowTheDashboard(
        [
            Project("src/Batchwork.Engine/Batchwork.Engine.csproj", """<FrameworkReference Include="Microsoft.AspNetCore.App" />"""),
            Project("src/Batchwork/Batchwork.csproj", """<PackageReference Include="Microsoft.Extensions.Http" />""", "Microsoft.NET.Sdk.Web"),
        ]),
        "Batchwork.Engine takes Microsoft.AspNetCore.App",
        "Batchwork uses the SDK Microsoft.NET.Sdk.Web");

    [Fact]
    public void Versions_InThisRepository_AreCentral() => Findings.AreNone(ProjectRules.VersionsAreCentral(s_projects));

    [Fact]
    public void Versions_MadeUpInAProject_AreCaught() => Findings.Are(
        ProjectRules.VersionsAreCentral(
        [
            Project("src/A/A.csproj", """
                <PackageReference Include="Fine" />
                <PackageReference Include="First" Version="1.0.0" />
                <PackageReference Include="Second" VersionOverride="1.0.0" />
                <PackageReference Include="Third"><Version>1.0.0</Version></PackageReference>
                """),
        ]),
        "First",
        "Second",
        "Third");

    [Fact]
    public void Solution_OfThisRepository_HoldsAllProjects()
    {
        Assert.NotEmpty(s_projects);
        Findings.AreNone(ProjectRules.SolutionHoldsAllProjects(s_projects, Repository.Read(Repository.Solution).Text));
    }

    [Fact]
    public void Solution_MadeUpWithoutAProject_IsCaught() => Findings.Are(
        ProjectRules.SolutionHoldsAllProjects(
            [Project("src/A/A.csproj", ""), Project("tests/B/B.csproj", "")],
            """Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "A", "src\A\A.csproj", "{0}" """),
        "tests/B/B.csproj");

    private static SourceFile Project(string path, string items, string sdk = "Microsoft.NET.Sdk") =>
        new(path, $"""<Project Sdk="{sdk}"><ItemGroup>{items}</ItemGroup></Project>""");
}
