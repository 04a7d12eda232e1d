namespace Batchwork.Engine.Sheets;

/// <summary>What the last check said of a row.</summary>
public enum RowCheck
{
    /// <summary>Can be sent as it is.</summary>
    Ready = 0,

    /// <summary>Can be sent, but something should be known.</summary>
    Warning = 1,

    /// <summary>Cannot be sent, or would be refused by the provider.</summary>
    Error = 2,
}
