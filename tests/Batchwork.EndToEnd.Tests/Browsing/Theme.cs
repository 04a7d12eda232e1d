namespace Batchwork.EndToEnd.Tests.Browsing;

public enum Theme
{
    Light,
    Dark,
}
