namespace Batchwork;

/// <summary>What is wrong with a picture that came.</summary>
public enum ImageProblem
{
    /// <summary>Nothing that its first bytes tell.</summary>
    None,

    /// <summary>Its data broke off or is no base64. <see cref="BatchImage.Content"/> has what could be decoded, if anything.</summary>
    Damaged,

    /// <summary>It is no picture but, for example, a web page that came in its place. Never show it inline.</summary>
    NotAPicture,

    /// <summary>It is hosted and could not be fetched; <see cref="BatchImage.Url"/> says where from. Such links go stale within the hour.</summary>
    NotFetched,
}
