using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.Rules;
using Mono.Cecil;

namespace Batchwork.Architecture.Tests;

public sealed class LayerTests
{
    // The rules about rooms ask where a type is written: a type they cannot place would pass unseen.
    [Fact]
    public void Types_InThisRepository_AreAllPlaced() => Findings.AreNone(
        from type in CodeBase.Product.Types
        where type.DeclaringType is null && !IsWrittenByACompiler(type) && !CodeBase.Product.IsIn(type, "src")
        select $"{type.FullName} is in no file below src that says so.");

    [Fact]
    public void Types_InThisRepository_AreReadFromAllProducts() => Assert.Equal(
        ["Batchwork", "Batchwork.Engine", "Batchwork.Emulator", "Batchwork.Dashboard"],
        CodeBase.Product.Assemblies.Select(assembly => assembly.Name.Name));

    [Fact]
    public void Library_InThisRepository_StandsOnMicrosoftExtensions() => Findings.AreNone(LayerRules.LibraryStandsOnMicrosoftExtensions(CodeBase.Product));

    [Fact]
    public void Library_MadeUpOnAForeignPackage_IsCaught() => Findings.Are(
        LayerRules.LibraryStandsOnMicrosoftExtensions(MadeUp.Code(
            ("src/Batchwork/A.cs", "class A { Microsoft.Extensions.Logging.ILogger? l; Quartz.IJob? j; }"))),
        "Quartz");

    [Fact]
    public void Emulator_InThisRepository_SharesNothing() => Findings.AreNone(LayerRules.EmulatorSharesNothing(CodeBase.Product));

    [Fact]
    public void Emulator_MadeUpWithTheLibrary_IsCaught() => Findings.Are(
        LayerRules.EmulatorSharesNothing(MadeUp.Code(
            ("src/Batchwork/Shared.cs", "namespace Batchwork; public class Shared {}"),
            ("src/Batchwork.Emulator/A.cs", "namespace Batchwork.Emulator; class A { Batchwork.Shared? s; }"))),
        "Batchwork.Emulator uses the assembly Batchwork.");

    [Fact]
    public void EmulatorName_InThisRepository_IsOnlyInProgram() => Findings.AreNone(LayerRules.OnlyProgramNamesTheEmulator(CodeBase.Product));

    [Fact]
    public void EmulatorName_MadeUpElsewhere_IsCaught() => Findings.Are(
        LayerRules.OnlyProgramNamesTheEmulator(MadeUp.Code(
            ("src/Batchwork.Emulator/Server.cs", """
                namespace Batchwork.Emulator;
                public static class Server { public static void Run() {} }
                class Inside { void M() => Server.Run(); }
                """),
            ("src/Batchwork.Dashboard/Program.cs", "Batchwork.Emulator.Server.Run();"),
            // Reached through the parent namespace, and inside an async lambda: no text search would see it.
            ("src/Batchwork.Dashboard/Demo.cs", """
                namespace Batchwork.Dashboard;
                class Demo { Func<Task> Run() => async () => { await Task.Yield(); Emulator.Server.Run(); }; }
                """))),
        "Batchwork.Dashboard.Demo calls Batchwork.Emulator.Server.Run");

    [Fact]
    public void Engine_InThisRepository_KnowsNoWeb() => Findings.AreNone(LayerRules.EngineKnowsNoWeb(CodeBase.Product));

    [Fact]
    public void Engine_MadeUpWithWebTypes_IsCaught() => Findings.Are(
        LayerRules.EngineKnowsNoWeb(MadeUp.Code(
            ("src/Batchwork.Engine/A.cs", """
                namespace Batchwork.Engine;
                class A { bool M(System.Security.Claims.ClaimsPrincipal who) => who is null; }
                class B { void M() { try { } catch (Microsoft.AspNetCore.Http.BadHttpRequestException) { } } }
                class C { [Microsoft.AspNetCore.Mvc.FromQuery] public string? X { get; set; } }
                class D { Microsoft.Extensions.Logging.ILogger? fine; }
                """))),
        "Batchwork.Engine.A uses System.Security.Claims.ClaimsPrincipal",
        "Batchwork.Engine.B uses Microsoft.AspNetCore.Http.BadHttpRequestException",
        "Batchwork.Engine.C uses Microsoft.AspNetCore.Mvc.FromQueryAttribute");

    [Fact]
    public void FailPoints_InThisRepository_AreOutsideTheProduct() => Findings.AreNone(LayerRules.ProductHasNoFailPoints(CodeBase.Product));

    [Fact]
    public void FailPoints_MadeUpInTheProduct_AreCaught() => Findings.Are(
        LayerRules.ProductHasNoFailPoints(MadeUp.Code(
            ("src/Batchwork.Engine/A.cs", """
                namespace Batchwork.Engine;
                static class FailPoint { public static void At(string id) { } }
                class B { void M() => System.Environment.FailFast("C10"); }
                class C { void M() => System.Diagnostics.Process.GetCurrentProcess().Kill(); }
                class D { string? M() => System.Environment.GetEnvironmentVariable("BATCHWORK_CRASH_AT"); }
                """))),
        "Batchwork.Engine.FailPoint",
        "System.Environment.FailFast",
        "System.Diagnostics.Process.Kill",
        "BATCHWORK_CRASH_AT");

    private static bool IsWrittenByACompiler(TypeDefinition type) =>
        type.Name.StartsWith('<')
        || type.Namespace.StartsWith("System.", StringComparison.Ordinal)
        || type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal)
        || type.Namespace.StartsWith("__Blazor", StringComparison.Ordinal)
        || type.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
