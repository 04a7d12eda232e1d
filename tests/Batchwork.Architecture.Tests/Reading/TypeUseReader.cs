using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Batchwork.Architecture.Tests.Reading;

/// <summary>Reads from the compiled code every type that a type names. Constants are the one thing the compiler leaves no trace of.</summary>
internal sealed class TypeUseReader
{
    private readonly TypeDefinition _owner;
    private readonly HashSet<(string To, string? Called)> _seen = [];
    private readonly List<TypeUse> _uses = [];

    private TypeUseReader(TypeDefinition owner) => _owner = owner;

    public static IReadOnlyList<TypeUse> Read(TypeDefinition type)
    {
        var reader = new TypeUseReader(type);
        reader.AddDefinition(type);
        return reader._uses;
    }

    private void AddDefinition(TypeDefinition type)
    {
        Add(type.BaseType);
        AddAll(type.Interfaces.Select(i => i.InterfaceType));
        AddAttributes(type);
        AddGenericParameters(type);

        foreach (var field in type.Fields)
        {
            Add(field.FieldType);
            AddAttributes(field);
        }

        foreach (var property in type.Properties)
        {
            Add(property.PropertyType);
            AddAttributes(property);
        }

        foreach (var method in type.Methods)
        {
            AddMethod(method);
        }

        foreach (var nested in type.NestedTypes)
        {
            AddDefinition(nested);
        }
    }

    private void AddMethod(MethodDefinition method)
    {
        Add(method.ReturnType);
        AddAttributes(method);
        AddGenericParameters(method);
        foreach (var parameter in method.Parameters)
        {
            Add(parameter.ParameterType);
            AddAttributes(parameter);
        }

        if (!method.HasBody)
        {
            return;
        }

        AddAll(method.Body.Variables.Select(variable => variable.VariableType));
        AddAll(method.Body.ExceptionHandlers.Select(handler => handler.CatchType));
        foreach (var instruction in method.Body.Instructions)
        {
            AddOperand(instruction);
        }
    }

    private void AddOperand(Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                Add(type);
                break;
            case FieldReference field:
                Add(field.DeclaringType);
                Add(field.FieldType);
                break;
            case MethodReference method:
                Add(method.DeclaringType, method);
                Add(method.ReturnType);
                AddAll(method.Parameters.Select(parameter => parameter.ParameterType));
                if (method is GenericInstanceMethod generic)
                {
                    AddAll(generic.GenericArguments);
                }

                break;
        }
    }

    private void AddAttributes(ICustomAttributeProvider provider)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            Add(attribute.AttributeType);
            AddAll(attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference));
        }
    }

    private void AddGenericParameters(IGenericParameterProvider provider) =>
        AddAll(provider.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));

    private void AddAll(IEnumerable<TypeReference?> types)
    {
        foreach (var type in types)
        {
            Add(type);
        }
    }

    private void Add(TypeReference? type, MethodReference? called = null)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                AddAll(generic.GenericArguments);
                Add(generic.ElementType, called);
                return;
            case FunctionPointerType pointer:
                Add(pointer.ReturnType);
                AddAll(pointer.Parameters.Select(parameter => parameter.ParameterType));
                return;
            case TypeSpecification around:
                Add(around.ElementType, called);
                return;
        }

        var outermost = type;
        while (outermost.DeclaringType is { } declaring)
        {
            outermost = declaring;
        }

        if (outermost.FullName != _owner.FullName && _seen.Add((type.FullName, called?.FullName)))
        {
            _uses.Add(new TypeUse(_owner, type, called));
        }
    }
}
