using Batchwork.Architecture.Tests.Reading;
using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>State that all users, tests and circuits of a process would share without anybody having decided so.</summary>
internal static class StaticStateRules
{
    /// <summary>The exceptions: <c>Type::Field</c> and why it is harmless. It is empty; keep it so.</summary>
    private static readonly Dictionary<string, string> s_allowed = [];

    private static readonly string[] s_changing =
    [
        "System.Collections.ArrayList",
        "System.Collections.Hashtable",
        "System.Collections.Concurrent.",
        "System.Collections.Generic.Dictionary`",
        "System.Collections.Generic.HashSet`",
        "System.Collections.Generic.ICollection`",
        "System.Collections.Generic.IDictionary`",
        "System.Collections.Generic.IList`",
        "System.Collections.Generic.ISet`",
        "System.Collections.Generic.LinkedList`",
        "System.Collections.Generic.List`",
        "System.Collections.Generic.OrderedDictionary`",
        "System.Collections.Generic.PriorityQueue`",
        "System.Collections.Generic.Queue`",
        "System.Collections.Generic.Sorted",
        "System.Collections.Generic.Stack`",
        "System.Collections.ObjectModel.Collection`",
        "System.Collections.ObjectModel.ObservableCollection`",
        "System.Net.Http.HttpClient",
        "System.Runtime.CompilerServices.ConditionalWeakTable`",
        "System.Text.StringBuilder",
        "System.Threading.AsyncLocal`",
        "System.Threading.Channels.",
        "System.Threading.SemaphoreSlim",
        "System.Threading.ThreadLocal`",
        "Microsoft.Extensions.Caching.",
    ];

    public static IEnumerable<string> NoStaticStateChanges(CodeBase code) =>
        from type in code.Types
        where !IsGenerated(type)
        from field in type.Fields
        where field.IsStatic && !field.IsLiteral && !IsGenerated(field) && !s_allowed.ContainsKey($"{type.FullName}::{field.Name}")
        let reason = WhyItChanges(field)
        where reason is not null
        select $"{type.FullName}::{field.Name} {reason}.";

    private static string? WhyItChanges(FieldDefinition field)
    {
        if (!field.IsInitOnly)
        {
            return "can be replaced";
        }

        // An array that is private to its type is a list of constants; one that others see can be written to by anybody.
        if (field.FieldType is ArrayType)
        {
            return field.IsPrivate ? null : "is an array that others can write to";
        }

        var name = field.FieldType.GetElementType().FullName;
        // A lookup that only its initialiser fills says so by its type: FrozenDictionary, FrozenSet.
        return LayerRules.StartsWithAny(name, s_changing) ? $"is a {name}, which can change (a frozen one cannot)" : null;
    }

    // Lambdas kept by the compiler, source generators' own fields, and what the Razor compiler writes.
    private static bool IsGenerated(TypeDefinition type) =>
        type.Name.StartsWith('<')
        || type.Namespace == "System.Text.RegularExpressions.Generated"
        || HasGeneratedMark(type)
        || (type.DeclaringType is { } declaring && IsGenerated(declaring));

    private static bool IsGenerated(FieldDefinition field) =>
        HasGeneratedMark(field) || (field.Name.StartsWith('<') && !field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal));

    private static bool HasGeneratedMark(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.CodeDom.Compiler.GeneratedCodeAttribute");
}
