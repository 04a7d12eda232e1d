using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>Each request comes from an address of its own: the matrix asks more often in a minute than one visitor may.</summary>
internal sealed class ManyAddresses : IStartupFilter
{
    private int _count;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            var number = Interlocked.Increment(ref _count);
            context.Connection.RemoteIpAddress = new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
            return rest(context);
        });
        next(app);
    };
}
