using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Batchwork.Dashboard.Tests.SignInProvider;

/// <summary>
/// An OpenID Connect provider of one page on a port of its own: code flow with PKCE, signed tokens, a user info endpoint. Whoever asks is signed in
/// as <see cref="Person"/>.
/// </summary>
internal sealed class SmallProvider : IAsyncDisposable
{
    public const string ClientId = "batchwork";
    public const string ClientSecret = "a secret of the tests";

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "key-1" };
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> _codes = new();

    private SmallProvider(WebApplication app) => _app = app;

    /// <summary>The claims of the person who signs in; <c>sub</c> among them.</summary>
    public Dictionary<string, object> Person { get; } = new() { ["sub"] = "1001", ["name"] = "Eve Adams", ["email"] = "eve@example.org", ["email_verified"] = true };

    /// <summary>What tokens and description name as the issuer; the provider's address by default.</summary>
    public string? Issuer { get; set; }

    /// <summary>Another key than the published one.</summary>
    public bool SignsWithAWrongKey { get; set; }

    /// <summary>For whom tokens are; us by default.</summary>
    public string Audience { get; set; } = ClientId;

    /// <summary>Tokens carry no signature.</summary>
    public bool SignsNothing { get; set; }

    /// <summary>What tokens answer to; the nonce of the request by default.</summary>
    public string? Nonce { get; set; }

    public string Address => _app.Urls.Single();

    public static async Task<SmallProvider> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new SmallProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Describe);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        app.MapGet("/userinfo", () => Results.Json(provider.Person));
        await app.StartAsync(cancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private IResult Describe() => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = Issuer ?? Address,
        ["authorization_endpoint"] = Address + "/authorize",
        ["token_endpoint"] = Address + "/token",
        ["userinfo_endpoint"] = Address + "/userinfo",
        ["jwks_uri"] = Address + "/keys",
        ["response_types_supported"] = new[] { "code" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
    });

    private IResult Keys()
    {
        var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = _key.KeyId, alg = "RS256", n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) } },
        });
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        Assert.Equal([ClientId, "code", "S256"], new[] { query["client_id"].ToString(), query["response_type"].ToString(), query["code_challenge_method"].ToString() });
        var code = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (query["code_challenge"]!, query["nonce"]!, query["redirect_uri"]!);
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (!_codes.TryRemove(form["code"].ToString(), out var asked)
            || form["client_secret"] != ClientSecret
            || form["redirect_uri"] != asked.Redirect
            || WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        using var other = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer ?? Address,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = Person["sub"], ["nonce"] = Nonce ?? asked.Nonce },
            SigningCredentials = SignsNothing ? null : new SigningCredentials(SignsWithAWrongKey ? new RsaSecurityKey(other) { KeyId = _key.KeyId } : _key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Text(JsonSerializer.Serialize(new { access_token = "access", token_type = "Bearer", expires_in = 300, id_token = token }), "application/json");
    }
}
