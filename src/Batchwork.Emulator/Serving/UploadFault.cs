namespace Batchwork.Emulator.Serving;

/// <summary>Why the form of an upload could not be read.</summary>
internal enum UploadFault
{
    None,
    NotMultipart,
    PartWithoutName,
    Incomplete,
    TooLarge,
}
