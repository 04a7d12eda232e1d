using System.Reflection;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>All public methods of the engine that do something for somebody, found by reflection.</summary>
internal static class ServiceMethods
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Methods that take an actor, by their names in the table: <c>JobStarter.RunAsync(draftId, revision)</c>.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> WithActor { get; } =
        All.Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Actor))).ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>Methods that do their work without an actor; each must be on the reviewed list with a reason.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> WithoutActor { get; } = All
        .Where(m => m.GetParameters().All(p => p.ParameterType != typeof(Actor)) && (IsWork(m.ReturnType) || m.GetParameters().Any(IsSomebody)))
        .DistinctBy(NameOf)
        .ToDictionary(NameOf, StringComparer.Ordinal);

    private static IEnumerable<MethodInfo> All =>
        from type in typeof(Actor).Assembly.GetExportedTypes()
        where type is { IsClass: true } && !type.IsSubclassOf(typeof(Delegate)) && !IsRecord(type)
        from method in type.GetMethods(Public)
        where !method.IsSpecialName && method.GetBaseDefinition() == method && method.DeclaringType == type
        select method;

    public static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Where(p => p.ParameterType != typeof(Actor) && p.ParameterType != typeof(CancellationToken)).Select(p => p.Name == "content" ? $"{p.ParameterType.Name} content" : p.Name))})";

    private static bool IsSomebody(ParameterInfo parameter) => parameter.ParameterType == typeof(Administrator) || parameter.ParameterType == typeof(Person);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsWork(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));
}
