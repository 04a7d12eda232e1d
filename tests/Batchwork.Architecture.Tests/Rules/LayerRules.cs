using Batchwork.Architecture.Tests.Reading;
using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>Which layer may know which. Asked of the compiled code, so that no using, alias or extension method hides a use.</summary>
internal static class LayerRules
{
    public static IEnumerable<string> LibraryStandsOnMicrosoftExtensions(CodeBase code) =>
        from reference in code.Assembly("Batchwork").MainModule.AssemblyReferences
        where !StartsWithAny(reference.Name, "System.", "Microsoft.Extensions.", "Microsoft.Win32.")
        select $"Batchwork uses the assembly {reference.Name}.";

    public static IEnumerable<string> EmulatorSharesNothing(CodeBase code) =>
        from reference in code.Assembly("Batchwork.Emulator").MainModule.AssemblyReferences
        where reference.Name.StartsWith("Batchwork", StringComparison.Ordinal)
        select $"Batchwork.Emulator uses the assembly {reference.Name}.";

    public static IEnumerable<string> OnlyProgramNamesTheEmulator(CodeBase code) =>
        from use in code.Uses
        where use.ToAssembly == "Batchwork.Emulator"
            && use.From.Module.Assembly.Name.Name != "Batchwork.Emulator"
            && use.From.FullName != "Program"
        select Say(use);

    public static IEnumerable<string> EngineKnowsNoWeb(CodeBase code) =>
        from use in code.Uses
        where use.From.Module.Assembly.Name.Name == "Batchwork.Engine"
            && (StartsWithAny(use.To.FullName, "System.Security.Claims.", "Microsoft.AspNetCore.", "Microsoft.JSInterop.", "MudBlazor.")
                || use.ToAssembly is "Batchwork.Dashboard" or "Batchwork.Emulator")
        select Say(use);

    /// <summary>The crash harness adds its crash points from outside, to the program as it is released; nothing in it may know of them.</summary>
    public static IEnumerable<string> ProductHasNoFailPoints(CodeBase code) =>
        (from type in code.Types
         where type.Name.Contains("FailPoint", StringComparison.OrdinalIgnoreCase) || type.Name.Contains("CrashPoint", StringComparison.OrdinalIgnoreCase)
         select $"{type.FullName} is a fail point.")
        .Concat(
            from use in code.Uses
            where use.Called is { } called && (called.DeclaringType.FullName, called.Name) is ("System.Environment", "FailFast") or ("System.Diagnostics.Process", "Kill")
            select Say(use))
        .Concat(
            from type in code.Types
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            where instruction.Operand is string text && text.Contains("BATCHWORK_CRASH", StringComparison.Ordinal)
            select $"{type.FullName} reads {instruction.Operand}.");

    internal static string Say(TypeUse use) => use.Called is { } called
        ? $"{use.From.FullName} calls {use.To.FullName}.{called.Name}."
        : $"{use.From.FullName} uses {use.To.FullName}.";

    internal static bool StartsWithAny(string text, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type is, derives from or implements one of the named types.</summary>
    internal static bool IsA(TypeReference type, params string[] names)
    {
        for (var current = type; current is not null;)
        {
            if (names.Contains(current.GetElementType().FullName))
            {
                return true;
            }

            var definition = current.Resolve();
            if (definition is null)
            {
                return false;
            }

            if (definition.Interfaces.Any(i => IsA(i.InterfaceType, names)))
            {
                return true;
            }

            current = definition.BaseType;
        }

        return false;
    }
}
