using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Reading;

/// <summary>One place where a type of ours names another type: a base, a field, a signature, an attribute or an instruction.</summary>
/// <param name="From">The top-level type that does it; what the compiler nests in it (lambdas, async bodies) counts as its own.</param>
/// <param name="To">The type it names, without generic arguments, arrays and references around it.</param>
/// <param name="Called">The method that is called, if it is a call.</param>
internal sealed record TypeUse(TypeDefinition From, TypeReference To, MethodReference? Called)
{
    public string ToAssembly => To.Scope switch
    {
        AssemblyNameReference reference => reference.Name,
        ModuleDefinition module => module.Assembly.Name.Name,
        _ => To.Scope.Name,
    };

    public bool IsNew => Called is { Name: ".ctor" };
}
