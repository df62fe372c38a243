using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using GoogleCloud.Tests.Processes;
using Grpc.Core;

namespace GoogleCloud.Tests.SecretManager;

/// <summary>Application default credentials are a matter of a process's environment, so these start one.</summary>
public sealed class DefaultCredentialsTests
{
    private const string Target = "Sample.Function.SecretFunction";
    private const string Account = "reader@p.iam.gserviceaccount.com";

    [Test]
    public async Task A_key_file_signs_the_token_of_each_call_itself()
    {
        var folder = Directory.CreateTempSubdirectory("default-credentials-");
        try
        {
            using var certificate = Certificate();
            var trust = Path.Combine(folder.FullName, "trust.pem");
            var key = Path.Combine(folder.FullName, "key.json");
            await File.WriteAllTextAsync(trust, certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(key, KeyFile());
            await using var server = await GrpcServer.StartAsync(_ => (StatusCode.OK, new SecretPayload { Data = ByteString.CopyFromUtf8("salt") }), certificate);
            await using var sample = await SampleProcess.StartAsync(
                [], ("FUNCTION_TARGET", Target), ("PORT", "0"), ("SECRETS", server.Endpoint), ("SSL_CERT_FILE", trust), ("GOOGLE_APPLICATION_CREDENTIALS", key));

            Assert.That(await sample.Client.GetStringAsync("/?projects/p/secrets/s/versions/1"), Is.EqualTo("salt"), string.Join('\n', sample.Output));

            var bearer = server.Requests.Single().Headers["authorization"];
            Assert.That(bearer, Does.StartWith("Bearer "));
            var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(bearer.Split('.')[1])).RootElement;
            Assert.That(claims.GetProperty("iss").GetString(), Is.EqualTo(Account));
            Assert.That(claims.GetProperty("scope").GetString(), Is.EqualTo(SecretManagerServiceClient.DefaultScopes.Single()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_key_file_that_is_missing_is_an_invalid_operation()
    {
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Target), ("PORT", "0"), ("GOOGLE_APPLICATION_CREDENTIALS", "/no/such/key.json"));

        using var response = await sample.Client.GetAsync("/?projects/p/secrets/s/versions/1");
        await sample.TerminateAsync();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(sample.Output, Has.Some.Contains("System.InvalidOperationException: Error reading credential file from location /no/such/key.json"));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=Secret Manager of a test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }

    private static string KeyFile()
    {
        using var key = RSA.Create(2048);
        return JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["type"] = "service_account",
            ["project_id"] = "p",
            ["private_key_id"] = "1",
            ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = Account,
            ["client_id"] = "1",
            ["token_uri"] = "http://127.0.0.1:1/token",
        });
    }
}
