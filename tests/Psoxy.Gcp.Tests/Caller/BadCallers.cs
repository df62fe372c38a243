using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Gcp.Caller;
using static Psoxy.Gcp.Tests.Caller.CallerTokens;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>A kind of caller that must not get in.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Verdict">What we must find wrong with it.</param>
/// <param name="Headers">How it tries.</param>
internal sealed record BadCaller(string Name, CallerVerdict Verdict, Func<CallerTokens, string[]> Headers)
{
    public string RequestLine { get; init; } = "GET /v1.0/users?$top=1";

    public string Body { get; init; } = "";

    public override string ToString() => Name;
}

/// <summary>All kinds that we could think of.</summary>
internal static class BadCallers
{
    private const CallerVerdict Malformed = CallerVerdict.Malformed;
    private const CallerVerdict UnknownHeader = CallerVerdict.UnknownHeader;
    private const CallerVerdict OtherSignature = CallerVerdict.OtherSignature;
    private const CallerVerdict NotListed = CallerVerdict.NotListed;

    public static ImmutableArray<BadCaller> All { get; } = [.. Transport(), .. Headers(), .. Signatures(), .. Shapes(), .. Times(), .. Parties(), .. People()];

    private static BadCaller Token(string name, CallerVerdict verdict, Func<CallerTokens, string> token) => new(name, verdict, tokens => ["Authorization: Bearer " + token(tokens)]);

    private static IEnumerable<BadCaller> Transport() =>
    [
        new("no token", CallerVerdict.Missing, _ => []),
        new("empty header", CallerVerdict.Missing, _ => ["Authorization:"]),
        new("another scheme", CallerVerdict.NotBearer, tokens => ["Authorization: Basic " + tokens.Good()]),
        new("a scheme that begins alike", CallerVerdict.NotBearer, tokens => ["Authorization: BearerX " + tokens.Good()]),
        new("the scheme alone", CallerVerdict.NotBearer, _ => ["Authorization: Bearer"]),
        new("no scheme", CallerVerdict.NotBearer, tokens => ["Authorization: " + tokens.Good()]),
        new("a tab for the blank", CallerVerdict.NotBearer, tokens => ["Authorization: Bearer\t" + tokens.Good()]),
        new("two blanks", Malformed, tokens => ["Authorization: Bearer  " + tokens.Good()]),
        new("two tokens in one value", Malformed, tokens => [$"Authorization: Bearer {tokens.Good()} {tokens.Good()}"]),
        new("two values in one header", Malformed, tokens => [$"Authorization: Bearer {tokens.Good()}, Bearer {tokens.Good()}"]),
        new("in quotes", Malformed, tokens => [$"Authorization: Bearer \"{tokens.Good()}\""]),
        new("two headers, both good", CallerVerdict.Ambiguous, tokens => ["Authorization: Bearer " + tokens.Good(), "Authorization: Bearer " + tokens.Good()]),
        new("two headers, good then forged", CallerVerdict.Ambiguous, tokens => ["Authorization: Bearer " + tokens.Good(), "authorization: Bearer " + tokens.Forged()]),
        new("two of the header that wins", CallerVerdict.Ambiguous, tokens => ["X-Serverless-Authorization: Bearer " + tokens.Good(), "X-Serverless-Authorization: Bearer " + tokens.Good()]),
        new("forged in the header that wins, good in the other", OtherSignature, tokens => ["Authorization: Bearer " + tokens.Good(), "X-Serverless-Authorization: Bearer " + tokens.Forged()]),
        new("another person in the header that wins", NotListed, tokens => ["Authorization: Bearer " + tokens.Good(), "X-Serverless-Authorization: Bearer " + tokens.Good(("email", "other@customer.iam.gserviceaccount.com"))]),
        new("nothing in the header that wins", CallerVerdict.Missing, tokens => ["Authorization: Bearer " + tokens.Good(), "X-Serverless-Authorization:"]),
        new("signature removed in the header that wins", CallerVerdict.SignatureRemoved, tokens => ["Authorization: Bearer " + tokens.Good(), "X-Serverless-Authorization: Bearer " + Removed(tokens)]),
        new("in Proxy-Authorization", CallerVerdict.Missing, tokens => ["Proxy-Authorization: Bearer " + tokens.Good()]),
        new("in IAP's header", CallerVerdict.Missing, tokens => ["X-Goog-Iap-Jwt-Assertion: " + tokens.Good()]),
        new("in a cookie", CallerVerdict.Missing, tokens => ["Cookie: authorization=" + tokens.Good()]),
        new("as the platform's word for an address", CallerVerdict.Missing, _ => ["X-Goog-Authenticated-User-Email: accounts.google.com:" + Email]),
        new("in the query", CallerVerdict.Missing, _ => []) { RequestLine = "GET /v1.0/users?access_token=eyJhbGciOiJSUzI1NiJ9.e30.AA" },
        new("in the envelope", CallerVerdict.Missing, _ => []) { RequestLine = "POST /", Body = """{"path":"/v1.0/users","headers":{"Authorization":"Bearer eyJhbGciOiJSUzI1NiJ9.e30.AA"}}""" },
        new("for a health check", CallerVerdict.Missing, _ => ["X-Psoxy-Health-Check: deep"]),
        new("not UTF-8", CallerVerdict.Undecided, tokens => ["Authorization: Bearer \u00e9" + tokens.Good()]),
        new("with a zero byte", CallerVerdict.Undecided, tokens => ["Authorization: Bearer \0" + tokens.Good()]),
        new("over many lines", CallerVerdict.Undecided, tokens => ["Authorization: Bearer", " " + tokens.Good()]),
        new("longer than headers may be", CallerVerdict.Undecided, _ => ["Authorization: Bearer " + new string('a', 40_000)]),
    ];

    private static IEnumerable<BadCaller> Headers() =>
    [
        Token("alg none, no signature", Malformed, _ => Encode("""{"alg":"none","typ":"JWT"}""") + "." + Encode(Claims().ToJsonString()) + "."),
        Token("alg none, signed", UnknownHeader, tokens => tokens.Headed(("alg", "none"))),
        Token("alg nOnE, signed", UnknownHeader, tokens => tokens.Headed(("alg", "nOnE"))),
        Token("alg in another case", UnknownHeader, tokens => tokens.Headed(("alg", "rs256"))),
        Token("alg as a list", UnknownHeader, tokens => tokens.Headed(("alg", new JsonArray("RS256")))),
        Token("no alg", UnknownHeader, tokens => tokens.Headed(("alg", null))),
        Token("HS256 with the public key's PEM", UnknownHeader, tokens => Mac(Header(tokens.Google, ("alg", "HS256")), Encoding.ASCII.GetBytes(tokens.Google.PublicKeyPem()))),
        Token("HS256 with the key set's modulus", UnknownHeader, tokens => Mac(Header(tokens.Google, ("alg", "HS256")), Base64Url.DecodeFromChars((string)tokens.Google.KeySet()["keys"]![0]!["n"]!))),
        Token("RS256 that is a MAC with the public key", OtherSignature, tokens => Mac(tokens.Google.Header(), Encoding.ASCII.GetBytes(tokens.Google.PublicKeyPem()))),
        Token("ES256", UnknownHeader, tokens => tokens.Elliptic(Header(tokens.Google, ("alg", "ES256")))),
        Token("RS384 by Google's key", UnknownHeader, tokens => tokens.Google.Sign(Header(tokens.Google, ("alg", "RS384")), Payload(), HashAlgorithmName.SHA384)),
        Token("RS512 by Google's key", UnknownHeader, tokens => tokens.Google.Sign(Header(tokens.Google, ("alg", "RS512")), Payload(), HashAlgorithmName.SHA512)),
        Token("PS256 by Google's key", UnknownHeader, tokens => tokens.Google.Sign(Header(tokens.Google, ("alg", "PS256")), Payload(), padding: RSASignaturePadding.Pss)),
        Token("no kid", UnknownHeader, tokens => tokens.Headed(("kid", null))),
        Token("an empty kid", UnknownHeader, tokens => tokens.Headed(("kid", ""))),
        Token("a number for a kid", UnknownHeader, tokens => tokens.Headed(("kid", 1))),
        Token("a path for a kid", OtherSignature, tokens => tokens.Forged(("kid", "../../dev/null"))),
        Token("typ of an access token", UnknownHeader, tokens => tokens.Headed(("typ", "at+jwt"))),
        Token("typ as a number", UnknownHeader, tokens => tokens.Headed(("typ", 1))),
        Token("its own key in jwk", UnknownHeader, tokens => tokens.Forged(("jwk", tokens.Forger.KeySet()["keys"]![0]!.DeepClone()))),
        Token("its own key set in jku", UnknownHeader, tokens => tokens.Forged(("jku", "https://evil.example/certs"))),
        Token("its own certificate's address in x5u", UnknownHeader, tokens => tokens.Forged(("x5u", "https://evil.example/cert.pem"))),
        Token("its own certificate in x5c", UnknownHeader, tokens => tokens.Forged(("x5c", new JsonArray("MIIB")))),
        Token("a critical extension", UnknownHeader, tokens => tokens.Headed(("crit", new JsonArray("exp")), ("exp", 1))),
        Token("an unencoded payload", UnknownHeader, tokens => tokens.Headed(("b64", false))),
        Token("a compressed payload", UnknownHeader, tokens => tokens.Headed(("zip", "DEF"))),
        Token("a token within a token", UnknownHeader, tokens => tokens.Google.Sign(Header(tokens.Google, ("cty", "JWT")), Encoding.ASCII.GetBytes("{\"jwt\":\"" + tokens.Good() + "\"}"))),
        Token("a header that says alg twice", Malformed, tokens => Encode("""{"alg":"none","alg":"RS256","kid":"1"}""") + tokens.Good()[tokens.Good().IndexOf('.', StringComparison.Ordinal)..]),
    ];

    private static IEnumerable<BadCaller> Signatures() =>
    [
        Token("another key, its own kid", OtherSignature, tokens => tokens.Forged()),
        Token("another key, Google's kid", OtherSignature, tokens => tokens.Forged(("kid", tokens.Google.KeyId))),
        Token("Google's signature, another kid written over it", OtherSignature, tokens => Encode(Header(tokens.Google, ("kid", "0000")).ToJsonString()) + Tail(tokens.Good())),
        Token("Entra's key", OtherSignature, tokens => tokens.Entra.Sign(Claims())),
        Token("altered payload", OtherSignature, tokens => With(tokens.Good(), 1, Encode(Claims(("email", "root@customer.iam.gserviceaccount.com")).ToJsonString()))),
        Token("altered signature", OtherSignature, tokens => With(tokens.Good(), 2, Flip(tokens.Good().Split('.')[2]))),
        Token("signature of another token", OtherSignature, tokens => With(tokens.Good(), 2, tokens.Good(("aud", "https://other.example")).Split('.')[2])),
        Token("truncated signature", OtherSignature, tokens => With(tokens.Good(), 2, tokens.Good().Split('.')[2][..^6])),
        Token("signature of zeros", OtherSignature, tokens => With(tokens.Good(), 2, Base64Url.EncodeToString(new byte[256]))),
        Token("signature of one byte", OtherSignature, tokens => With(tokens.Good(), 2, "AA")),
        Token("RS256 that is PSS", OtherSignature, tokens => tokens.Google.Sign(tokens.Google.Header(), Payload(), padding: RSASignaturePadding.Pss)),
        Token("RS256 over SHA-384", OtherSignature, tokens => tokens.Google.Sign(tokens.Google.Header(), Payload(), HashAlgorithmName.SHA384)),
        Token("RS256 over SHA-1", OtherSignature, tokens => tokens.Google.Sign(tokens.Google.Header(), Payload(), HashAlgorithmName.SHA1)),
        Token("removed by Cloud Run", CallerVerdict.SignatureRemoved, Removed),
        Token("empty signature", Malformed, tokens => With(tokens.Good(), 2, "")),
    ];

    private static IEnumerable<BadCaller> Shapes() =>
    [
        Token("one dot", Malformed, tokens => string.Join('.', tokens.Good().Split('.')[..2])),
        Token("three dots", Malformed, tokens => tokens.Good() + ".AA"),
        Token("encrypted, four dots", Malformed, tokens => Encode("""{"alg":"RSA-OAEP","enc":"A256GCM"}""") + ".AAAA.AAAA.AAAA.AAAA"),
        Token("only dots", Malformed, _ => ".."),
        Token("an opaque access token", Malformed, _ => "ya29.a0AfH6SMBx"),
        Token("None, as gcloud sends without an ID token", Malformed, _ => "None"),
        Token("longer than any token", CallerVerdict.TooLong, tokens => tokens.Good(("pad", new string('a', 8000)))),
        Token("not ASCII", Malformed, tokens => With(tokens.Good(), 1, "\u0435" + tokens.Good().Split('.')[1])),
        Token("padded base64", Malformed, tokens => tokens.Good() + "=="),
        Token("other base64", Malformed, _ => "e30.e30.+/AA"),
        Token("unused bits of base64", Malformed, tokens => NextCharacter(tokens.Good())),
        Token("percent-encoded", Malformed, tokens => tokens.Good().Replace(".", "%2E", StringComparison.Ordinal)),
        Token("payload says email twice", Malformed, tokens => tokens.Raw(Claims().ToJsonString()[..^1] + ",\"email\":\"" + Email + "\"}")),
        Token("payload says aud twice, once in escapes", Malformed, tokens => tokens.Raw(Claims().ToJsonString()[..^1] + ",\"\\u0061ud\":\"" + Url + "\"}")),
        Token("payload is a list", Malformed, tokens => tokens.Raw("[" + Claims().ToJsonString() + "]")),
        Token("payload is not JSON", Malformed, tokens => tokens.Raw("iss=https://accounts.google.com")),
        Token("payload goes on after its end", Malformed, tokens => tokens.Raw(Claims().ToJsonString() + "{}")),
        Token("payload has comments", Malformed, tokens => tokens.Raw("/**/" + Claims().ToJsonString())),
        Token("payload is not UTF-8", Malformed, tokens => tokens.Google.Sign(tokens.Google.Header(), [.. "{\"iss\":\""u8, 0xFF, .. "\"}"u8])),
        Token("payload is deep", Malformed, tokens => tokens.Good(("pad", JsonNode.Parse(new string('[', 40) + new string(']', 40))))),
        Token("payload is empty", Malformed, tokens => tokens.Raw("{}")),
    ];

    private static IEnumerable<BadCaller> Times() =>
    [
        Token("expired", CallerVerdict.Expired, tokens => tokens.Good(("iat", Now - 7200), ("exp", Now - 3600))),
        Token("expired a minute ago", CallerVerdict.Expired, tokens => tokens.Good(("iat", Now - 3660), ("exp", Now - 60))),
        Token("expired in 1970", CallerVerdict.Expired, tokens => tokens.Good(("exp", 0))),
        Token("issued in the future", CallerVerdict.NotYetValid, tokens => tokens.Good(("iat", Now + 600), ("exp", Now + 4200))),
        Token("not valid before later", CallerVerdict.NotYetValid, tokens => tokens.Good(("nbf", Now + 600))),
        Token("no exp", Malformed, tokens => tokens.Google.Sign(Without("exp"))),
        Token("no iat", Malformed, tokens => tokens.Google.Sign(Without("iat"))),
        Token("exp as text", Malformed, tokens => tokens.Good(("exp", "9999999999"))),
        Token("exp beyond all numbers", Malformed, tokens => tokens.Raw(Claims().ToJsonString().Replace("\"exp\":", "\"exp\":1e99,\"x\":", StringComparison.Ordinal))),
        Token("exp below zero", Malformed, tokens => tokens.Good(("exp", -1))),
        Token("nbf as text", Malformed, tokens => tokens.Good(("nbf", "0"))),
    ];

    private static IEnumerable<BadCaller> Parties() =>
    [
        Token("another audience", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", "https://other-function.example"))),
        Token("our own identity token for Entra", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", "api://AzureADTokenExchange"))),
        Token("gcloud's client, which is not configured", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", GcloudClient))),
        Token("an audience that begins like ours", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", Url + ".evil.example"))),
        Token("a path below ours", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", Url + "/v1.0/users"))),
        Token("ours over http", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", Url.Replace("https", "http", StringComparison.Ordinal)))),
        Token("ours in another case", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", Url.ToUpperInvariant()))),
        Token("ours and a foreign one", CallerVerdict.OtherAudience, tokens => tokens.Good(("aud", new JsonArray(Url, "https://other-function.example")))),
        Token("no audience", Malformed, tokens => tokens.Google.Sign(Without("aud"))),
        Token("no audience in a list", Malformed, tokens => tokens.Good(("aud", new JsonArray()))),
        Token("a list with more than texts", Malformed, tokens => tokens.Good(("aud", new JsonArray(Url, 1)))),
        Token("null for an audience", Malformed, tokens => tokens.Good(("aud", null))),
        Token("an object for an audience", Malformed, tokens => tokens.Good(("aud", new JsonObject { ["x"] = Url }))),
        Token("another issuer", CallerVerdict.OtherIssuer, tokens => tokens.Good(("iss", "https://accounts.evil.example"))),
        Token("issuer without https", CallerVerdict.OtherIssuer, tokens => tokens.Good(("iss", "accounts.google.com"))),
        Token("issuer over http", CallerVerdict.OtherIssuer, tokens => tokens.Good(("iss", "http://accounts.google.com"))),
        Token("issuer with a slash", CallerVerdict.OtherIssuer, tokens => tokens.Good(("iss", "https://accounts.google.com/"))),
        Token("issued by itself, as a service account's own JWT", CallerVerdict.OtherIssuer, tokens => tokens.Forger.Sign(Claims(("iss", Email), ("sub", Email)))),
        Token("IAP's issuer", CallerVerdict.OtherIssuer, tokens => tokens.Good(("iss", "https://cloud.google.com/iap"))),
        Token("no issuer", Malformed, tokens => tokens.Google.Sign(Without("iss"))),
        Token("a list of issuers", Malformed, tokens => tokens.Good(("iss", new JsonArray("https://accounts.google.com")))),
        Token("Entra's own token", CallerVerdict.OtherIssuer, tokens => tokens.Entra.Sign(Claims(("iss", "https://sts.windows.net/tenant/")))),
    ];

    private static IEnumerable<BadCaller> People() =>
    [
        Token("another person", NotListed, tokens => tokens.Good(("email", "other@customer.iam.gserviceaccount.com"))),
        Token("the same name in another project", NotListed, tokens => tokens.Good(("email", "worklytics@evil.iam.gserviceaccount.com"))),
        Token("an address that ends like ours", NotListed, tokens => tokens.Good(("email", "x" + Email))),
        Token("two addresses in one", NotListed, tokens => tokens.Good(("email", Email + ",evil@example.com"))),
        Token("a blank at the end", NotListed, tokens => tokens.Good(("email", Email + " "))),
        Token("another case", NotListed, tokens => tokens.Good(("email", "Worklytics@customer.iam.gserviceaccount.com"))),
        Token("a letter that looks alike", NotListed, tokens => tokens.Good(("email", Email.Replace('o', '\u043e')))),
        Token("a list of addresses", NotListed, tokens => tokens.Good(("email", new JsonArray(Email)))),
        Token("no word on verification", NotListed, tokens => tokens.Google.Sign(Without("email_verified"))),
        Token("verified: false", NotListed, tokens => tokens.Good(("email_verified", false))),
        Token("verified: \"true\"", NotListed, tokens => tokens.Good(("email_verified", "true"))),
        Token("verified: 1", NotListed, tokens => tokens.Good(("email_verified", 1))),
        Token("verified: null", NotListed, tokens => tokens.Good(("email_verified", null))),
        Token("no address, an id that is not listed", NotListed, tokens => tokens.Google.Sign(Without("email"))),
        Token("the listed id as azp", NotListed, tokens => tokens.Good(("azp", UniqueId), ("email", null))),
        Token("the listed id as an address", NotListed, tokens => tokens.Good(("email", UniqueId))),
        Token("the listed address as an id", NotListed, tokens => tokens.Good(("sub", Email), ("email", null))),
        Token("the listed id and more digits", NotListed, tokens => tokens.Good(("sub", UniqueId + "0"), ("email", null))),
        Token("an id as a number", Malformed, tokens => tokens.Raw(Claims().ToJsonString().Replace($"\"sub\":\"{OtherId}\"", "\"sub\":112233445566778899001", StringComparison.Ordinal))),
        Token("no id", Malformed, tokens => tokens.Google.Sign(Without("sub"))),
    ];

    private static string Removed(CallerTokens tokens) => With(tokens.Good(), 2, "SIGNATURE_REMOVED_BY_GOOGLE");

    private static string Tail(string token) => token[token.IndexOf('.', StringComparison.Ordinal)..];

    private static string With(string token, int part, string value)
    {
        var parts = token.Split('.');
        parts[part] = value;
        return string.Join('.', parts);
    }

    private static string Flip(string signature) => (signature[0] == 'A' ? 'B' : 'A') + signature[1..];

    // 2,048 bits fill 341 characters and a third: the last one's lowest four bits mean nothing.
    private static string NextCharacter(string token) => token[..^1] + token[^1] switch { 'A' => 'B', 'Q' => 'R', 'g' => 'h', _ => 'x' };
}
