namespace Batchwork.Engine.Sheets;

/// <summary>Ends the reading of a file that cannot be understood. Never leaves the room: <see cref="SheetService"/> answers with its faults.</summary>
internal sealed class SheetFaultException(IReadOnlyList<SheetFault> faults, int more = 0) : Exception(faults[0].Message)
{
    public SheetFaultException(int? row, string message)
        : this([new SheetFault(row, message)])
    {
    }

    public IReadOnlyList<SheetFault> Faults { get; } = faults;

    public int More { get; } = more;
}
