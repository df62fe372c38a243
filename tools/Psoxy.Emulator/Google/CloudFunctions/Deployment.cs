using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Psoxy.Emulator.Google.Buildpack;
using Psoxy.Emulator.Google.Iam;
using Psoxy.Emulator.Google.Run;
using Psoxy.Emulator.Hosting;
using Psoxy.Emulator.Metadata;

namespace Psoxy.Emulator.Google.CloudFunctions;

/// <summary>Builds a function from its source and starts it, as the operation that gcloud waits for.</summary>
internal sealed class Deployment(GoogleCloud cloud, DeployedFunction function, Operation operation)
{
    private const string Accessor = "The service account used must be granted the 'Secret Manager Secret Accessor' role (roles/secretmanager.secretAccessor) at the secret, project or higher level.";
    private const int InvalidArgument = 3;

    /// <summary>Runs until the function serves, or the operation has failed.</summary>
    /// <param name="archive">The uploaded source.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(byte[] archive, CancellationToken cancellationToken)
    {
        try
        {
            operation.Stage("BUILD", "IN_PROGRESS");
            operation.Stage("SERVICE", "NOT_STARTED");
            if (cloud.Faults.TakeBuildFailure(function.Id) is { } failure) throw new BuildException(failure);
            var assembly = await cloud.Build.RunAsync(archive, function.Runtime, function.BuildEnvironment, cancellationToken);
            operation.Stage("BUILD", "COMPLETE");
            operation.Stage("SERVICE", "IN_PROGRESS");
            var revision = await StartAsync(assembly, cancellationToken);
            await cloud.One.WaitAsync(cancellationToken);
            try
            {
                await function.Service.ServeAsync(revision);
                (function.State, function.Problem, function.IsBusy) = ("ACTIVE", "", false);
                operation.Stage("SERVICE", "COMPLETE");
                var response = function.Show();
                response["@type"] = "type.googleapis.com/google.cloud.functions.v2.Function";
                operation.Succeed(response);
            }
            finally
            {
                cloud.One.Release();
            }
        }
        catch (BuildException failed)
        {
            Fail($"Build failed with status: FAILURE and message: {failed.Message}. For more details see the logs at "
                + $"https://console.cloud.google.com/cloud-build/builds;region=us-central1/{Guid.NewGuid():D}?project={cloud.Options.ProjectNumber}.");
        }
        catch (StartException failed)
        {
            Fail($"Could not create or update Cloud Run service {function.Id}, {failed.Message}");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The emulator's own fault, told where somebody looks.
            Fail("The emulator failed: " + fault);
        }
    }

    // Where a revision served before, it goes on.
    private void Fail(string text)
    {
        (function.State, function.Problem, function.IsBusy) = (function.Service.Serving is null ? "FAILED" : "ACTIVE", text, false);
        operation.Fail(InvalidArgument, text);
    }

    private async Task<Revision> StartAsync(string assembly, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{function.Id}-{++function.Service.Revisions:D5}-{Guid.NewGuid().ToString("N")[..3]}");
        function.Service.Front ??= await ServiceFront.StartAsync(cloud, function.Service, cancellationToken);
        await cloud.One.WaitAsync(cancellationToken);
        ServiceAccount account;
        Dictionary<string, string> environment;
        try
        {
            account = cloud.Accounts.Find(function.ServiceAccount) ?? throw new StartException($"Revision '{name}' is not ready and cannot serve traffic. Service account {function.ServiceAccount} does not exist.");
            environment = Environment(name, account);
        }
        finally
        {
            cloud.One.Release();
        }

        var metadata = await LoopbackServer.StartAsync(
            cloud.MetadataFaults,
            null,
            HttpProtocols.Http1,
            0,
            services => services.AddRoutingCore(),
            new MetadataServer(cloud.Emulator with { ServiceAccountEmail = account.Email, ServiceAccountUniqueId = account.UniqueId }, cloud.Signer).Map,
            cancellationToken);
        environment["GCE_METADATA_HOST"] = $"127.0.0.1:{metadata.Port}";
        try
        {
            return new(name, metadata, await FunctionProcess.StartAsync(assembly, environment, 0, cancellationToken));
        }
        catch (Exception fault)
        {
            await metadata.DisposeAsync();
            if (fault is not InvalidOperationException) throw;
            throw new StartException(
                $"Container Healthcheck failed. Revision '{name}' is not ready and cannot serve traffic. The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout. "
                + $"This can happen when the container port is misconfigured or if the timeout is too short. The health check timeout can be extended. Logs for this revision might contain more information. Logs: {fault.Message}");
        }
    }

    private Dictionary<string, string> Environment(string revision, ServiceAccount account)
    {
        // What Google's and Microsoft's names would resolve to; what the function's owner sets comes after it.
        var environment = new Dictionary<string, string>(cloud.Surroundings);
        foreach (var (name, value) in function.Variables) environment[name] = value;
        foreach (var (key, project, secret, version) in function.SecretVariables) environment[key] = Secret(revision, account, project, secret, version);
        environment["FUNCTION_TARGET"] = function.EntryPoint;
        environment["FUNCTION_SIGNATURE_TYPE"] = "http";
        environment["K_SERVICE"] = environment["K_CONFIGURATION"] = function.Id;
        environment["K_REVISION"] = revision;
        environment["LOG_EXECUTION_ID"] = "true";
        return environment;
    }

    private string Secret(string revision, ServiceAccount account, string project, string id, string number)
    {
        var (found, name) = (cloud.Secrets.Find(id), $"projects/{cloud.Options.ProjectNumber}/secrets/{id}/versions/{number}");
        const string Field = "spec.template.spec.containers[0].env.value_from.secret_key_ref.name: ";
        var notReady = $"Revision '{revision}' is not ready and cannot serve traffic. {Field}";
        if (project.Length > 0 && project != cloud.Options.ProjectNumber && project != cloud.Options.ProjectId) throw new StartException(notReady + $"Permission denied on secret: projects/{project}/secrets/{id}/versions/{number} for Revision service account {account.Email}. {Accessor}");
        if (!cloud.Roles.Grants(cloud.Project.Policy, account.Member, "secretmanager.versions.access") && (found is null || !cloud.Roles.Grants(found.Policy, account.Member, "secretmanager.versions.access")))
            throw new StartException(notReady + $"Permission denied on secret: {name} for Revision service account {account.Email}. {Accessor}");
        if (found is null) throw new StartException(notReady + $"Secret {name} was not found");
        try
        {
            return Encoding.UTF8.GetString(found.GetVersion(number).Access());
        }
        catch (CloudException refused)
        {
            throw new StartException(notReady + refused.Message);
        }
    }

    private sealed class StartException(string text) : Exception(text);
}
