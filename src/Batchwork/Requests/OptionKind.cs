namespace Batchwork;

/// <summary>What kind of value an option takes.</summary>
public enum OptionKind
{
    /// <summary>Not known: anything is sent.</summary>
    Any,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A JSON object with options of its own.</summary>
    Group,
}
