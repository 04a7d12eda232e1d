namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>The tabs of a job's page.</summary>
public enum JobTab
{
    Gallery,
    Rows,
    Problems,
    Parts,
    Cost,
    Activity,
}
