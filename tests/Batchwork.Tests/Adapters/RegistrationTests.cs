using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Testing.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Batchwork.Tests.Adapters;

public sealed class RegistrationTests : IDisposable
{
    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task AddBatchwork_Container_BuildsEverything()
    {
        await using var container = Build(s => s.AddBatchwork());

        Assert.All(["openai", "google", "xai"], provider => Assert.Equal(provider, container.GetRequiredKeyedService<IBatchAdapter>(provider).Provider));
        Assert.Null(container.GetKeyedService<IBatchAdapter>("anthropic"));
        Assert.Same(container.GetRequiredService<ImageBatchClient>(), container.GetRequiredService<ImageBatchClient>());
        var transport = container.GetRequiredService<IBatchTransport>();
        Assert.NotNull(transport.Paid);
        Assert.NotNull(transport.Reads);
        Assert.NotNull(transport.Untrusted);
    }

    [Fact]
    public async Task AddBatchwork_NamedTransport_IsUsedByCredentialsThatAskForIt()
    {
        _server.Json("""{"data":[{"id":"gpt-image-2"}]}""");
        await using var container = Build(s => s.AddBatchwork().AddKeyedSingleton<IBatchTransport>("demo", BatchTransport.Over(_server)));
        var adapter = container.GetRequiredKeyedService<IBatchAdapter>("openai");

        var models = await adapter.ListModelsAsync(new BatchCredentials { ApiKey = "key", Transport = "demo" }, Token);

        Assert.Equal("gpt-image-2", Assert.Single(models).Id);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await adapter.ListModelsAsync(new BatchCredentials { ApiKey = "key", Transport = "other" }, Token));
    }

    [Fact]
    public async Task AddBatchwork_Options_AreUsed()
    {
        _server.Json("""{"id":"batch_1","status":"completed"}""");
        await using var container = Build(s => s.AddSingleton<IBatchTransport>(BatchTransport.Over(_server)).AddBatchwork(o => o.UseKey("openai", "from-options")));

        await container.GetRequiredService<ImageBatchClient>().GetBatchAsync("openai", "batch_1", cancellationToken: Token);

        Assert.Equal("Bearer from-options", _server.Calls[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task AddBatchwork_OptionsOutOfRange_AreTold()
    {
        await using var container = Build(s => s.AddBatchwork(o => o.MaxReadAttempts = 0));

        Assert.Throws<OptionsValidationException>(container.GetRequiredService<ImageBatchClient>);
    }

    [Fact]
    public async Task Network_PrivateAddress_IsRefusedUnlessAllowed()
    {
        await using var server = new LoopbackServer(_ => LoopbackReply.Json("""{"data":[]}"""));
        var credentials = new BatchCredentials { ApiKey = "key", BaseUrl = server.Address };
        await using var strict = Build(s => s.AddBatchwork());
        await using var open = Build(s => s.AddBatchwork(o => o.AllowPrivateAddresses = true));

        var refused = await Assert.ThrowsAsync<ProviderException>(async () => await strict.GetRequiredKeyedService<IBatchAdapter>("openai").ListModelsAsync(credentials, Token));
        Assert.Equal(ProviderFailure.Connection, refused.Failure);
        Assert.Contains("127.0.0.1 leads to 127.0.0.1", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await open.GetRequiredKeyedService<IBatchAdapter>("openai").ListModelsAsync(credentials, Token));
    }

    [Fact]
    public async Task Log_AllOfIt_HoldsNoKeyAndNoPrompt()
    {
        var log = new ListLogger();
        _server
            .Json("""{"id":"file-1"}""").Json("""{"id":"batch_1","status":"odd"}""").Json("""{"id":"batch_1","status":"odd"}""")
            .Json("""{"error":{"message":"bad key sk-secret-123456"}}""", System.Net.HttpStatusCode.Unauthorized);
        await using var container = Build(s => s
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddSingleton<IBatchTransport>(BatchTransport.Over(_server))
            .AddBatchwork(o => o.UseKey("openai", "sk-secret-123456")));
        var client = container.GetRequiredService<ImageBatchClient>();

        var job = await client.SubmitAsync(new ImageBatch { Model = "openai/gpt-image-2", Requests = [new() { Prompt = "a secret prompt" }] }, Token);
        await job.PollAsync(Token);
        await Assert.ThrowsAsync<ProviderException>(() => job.PollAsync(Token));

        Assert.Contains(log.Lines, l => l.Contains("created batch batch_1", StringComparison.Ordinal));
        Assert.Contains(log.Lines, l => l.Contains("'odd', which is not known here", StringComparison.Ordinal));
        Assert.Contains(log.Lines, l => l.Contains("KeyRejected", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains("sk-secret", StringComparison.Ordinal) || l.Contains("secret prompt", StringComparison.Ordinal));
    }

    [Fact]
    public void Credentials_AsText_HaveNoKey() =>
        Assert.DoesNotContain("sk-secret", new BatchCredentials { ApiKey = "sk-secret-123456" }.ToString(), StringComparison.Ordinal);

    private static ServiceProvider Build(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private sealed class ListLogger : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
