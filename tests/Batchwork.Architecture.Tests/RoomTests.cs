using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.Rules;

namespace Batchwork.Architecture.Tests;

public sealed class RoomTests
{
    [Fact]
    public void Providers_InThisRepository_StayApart() => Findings.AreNone(RoomRules.ProvidersStayApart(CodeBase.Product));

    // The types are published as plain Batchwork: only the folder tells the rooms apart.
    [Fact]
    public void Providers_MadeUpNeighbours_AreCaught() => Findings.Are(
        RoomRules.ProvidersStayApart(MadeUp.Code(
            ("src/Batchwork/OpenAI/OpenAIAdapter.cs", """
                namespace Batchwork;
                class OpenAIAdapter { object M() => new Shared(); IEnumerable<int> Lines() { yield return GoogleParts.Count(); } }
                """),
            ("src/Batchwork/Google/GoogleParts.cs", "namespace Batchwork; static class GoogleParts { public static int Count() => 1; }"),
            ("src/Batchwork/Streaming/Shared.cs", "namespace Batchwork; class Shared {}"))),
        "Batchwork.OpenAIAdapter calls Batchwork.GoogleParts.Count");

    [Fact]
    public void Features_InThisRepository_StayApart() => Findings.AreNone(RoomRules.FeaturesStayApart(CodeBase.Product));

    [Fact]
    public void Features_MadeUpNeighbours_AreCaught() => Findings.Are(
        RoomRules.FeaturesStayApart(MadeUp.Code(
            ("src/Batchwork.Dashboard/Features/Jobs/JobCard.cs", """
                namespace Batchwork.Dashboard.Features.Jobs;
                class JobCard { public const string Address = "/jobs"; }
                """),
            ("src/Batchwork.Dashboard/Features/Home/HomePage.cs", """
                namespace Batchwork.Dashboard.Features.Home;
                class HomePage { object M() => new Jobs.JobCard(); /* Features.Jobs is fine in a comment */ }
                """),
            ("src/Batchwork.Dashboard/Features/Home/Links.cs", """
                namespace Batchwork.Dashboard.Features.Home;
                class Links { string M() => Batchwork.Dashboard.Features.Jobs.JobCard.Address; }
                """),
            ("src/Batchwork.Dashboard/Features/Home/Parts/Inner.cs", """
                namespace Batchwork.Dashboard.Features.Home.Parts;
                class Inner { object M() => new HomePage(); }
                """),
            ("src/Batchwork.Dashboard/Features/Gallery/GalleryPage.razor", "@using Batchwork.Dashboard.Features.Jobs\n@* Features.Home *@"))),
        "Batchwork.Dashboard.Features.Home.HomePage calls Batchwork.Dashboard.Features.Jobs.JobCard",
        "Home/Links.cs names Features.Jobs",
        "Gallery/GalleryPage.razor names Features.Jobs");

    [Fact]
    public void Actors_InThisRepository_AreMadeInOneRoom() => Findings.AreNone(RoomRules.ActorsAreMadeInOneRoom(CodeBase.Product));

    [Fact]
    public void Actors_MadeUpByHand_AreCaught() => Findings.Are(
        RoomRules.ActorsAreMadeInOneRoom(MadeUp.Code(
            ("src/Batchwork.Engine/Workspaces/Actor.cs", """
                namespace Batchwork.Engine.Workspaces;
                public class Actor {}
                class Memberships { object M() => new Actor(); }
                """),
            ("src/Batchwork.Dashboard/Shared/Gate.cs", """
                namespace Batchwork.Dashboard.Shared;
                class Gate { object M() => new Batchwork.Engine.Workspaces.Actor(); }
                """))),
        "Batchwork.Dashboard.Shared.Gate calls Batchwork.Engine.Workspaces.Actor");

    [Fact]
    public void Pages_InThisRepository_StayThin() => Findings.AreNone(RoomRules.PagesStayThin(CodeBase.Product));

    [Fact]
    public void Pages_MadeUpWithEngineParts_AreCaught() => Findings.Are(
        RoomRules.PagesStayThin(MadeUp.Code(
            ("src/Batchwork.Dashboard/Ledger.cs", "public class Ledger : Microsoft.EntityFrameworkCore.DbContext {}  class Store { Ledger? fine; }"),
            ("src/Batchwork.Dashboard/Pages.cs", """
                using Microsoft.AspNetCore.Components;
                class DataPage : ComponentBase { [Inject] public Ledger? Ledger { get; set; } }
                class FactoryPage : OwningComponentBase { Microsoft.EntityFrameworkCore.IDbContextFactory<Ledger>? f; }
                class CallPage : LayoutComponentBase { async Task M() { using var http = new System.Net.Http.HttpClient(); await http.GetStringAsync("/"); } }
                class ClockPage : ComponentBase { class Part { Quartz.IScheduler? s; } }
                class FinePage : ComponentBase { Store? store; }
                """))),
        "DataPage uses Ledger",
        "FactoryPage uses Microsoft.EntityFrameworkCore.IDbContextFactory`1",
        "FactoryPage uses Ledger",
        "CallPage calls System.Net.Http.HttpClient..ctor",
        "CallPage calls System.Net.Http.HttpClient.GetStringAsync",
        "CallPage uses System.Net.Http.HttpClient",
        "ClockPage uses Quartz.IScheduler");

    [Fact]
    public void HttpClients_InThisRepository_AreMadeInOneRoom() => Findings.AreNone(HttpClientRules.ClientsAreMadeInOneRoom(CodeBase.Product));

    [Fact]
    public void HttpClients_InThisRepository_AreUsedByProvidersOnly() => Findings.AreNone(HttpClientRules.ClientsAreUsedByProvidersOnly(CodeBase.Product));

    [Fact]
    public void HttpClients_MadeUpElsewhere_AreCaught()
    {
        var code = MadeUp.Code(
            ("src/Batchwork/Http/Transport.cs", """
                using System.Net.Http;
                class Transport { public HttpClient Paid { get; } = new(new SocketsHttpHandler()); }
                """),
            ("src/Batchwork/Registration.cs", """
                using System.Net.Http;
                namespace Microsoft.Extensions.DependencyInjection;
                class BatchworkServiceCollectionExtensions { object M(HttpClient c) => new SocketsHttpHandler(); }
                """),
            ("src/Batchwork/OpenAI/Adapter.cs", """
                using System.Net.Http;
                class Adapter { Task M(Transport t) => t.Paid.GetAsync("/"); object Own() => new HttpClient(); }
                """),
            ("src/Batchwork/Requests/Merge.cs", "class Merge { System.Net.Http.HttpClient? c; }"),
            ("src/Batchwork.Engine/Polling/Poll.cs", "class Poll { object M(System.Net.Http.IHttpClientFactory f) => f.CreateClient(\"x\"); }"));

        Findings.Are(HttpClientRules.ClientsAreMadeInOneRoom(code),
            "Adapter calls System.Net.Http.HttpClient..ctor",
            "Poll uses System.Net.Http.IHttpClientFactory",
            "Poll calls System.Net.Http.IHttpClientFactory.CreateClient");
        Findings.Are(HttpClientRules.ClientsAreUsedByProvidersOnly(code),
            "Merge uses System.Net.Http.HttpClient",
            "Poll uses System.Net.Http.HttpClient");
    }
}
