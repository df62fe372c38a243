using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Buildpack;
using Psoxy.Emulator.Google.Calls;
using Psoxy.Emulator.Google.Run;
using Psoxy.Emulator.Google.Storage;

namespace Psoxy.Emulator.Google.CloudFunctions;

/// <summary>Cloud Functions v2 over REST. What is deployed is really built and really runs.</summary>
internal sealed class FunctionsRoom(GoogleCloud cloud) : IAsyncDisposable
{
    private const string Location = "/v2/projects/{project}/locations/{location}";
    private const string All = Location + "/functions";
    private const string One = All + "/{function}";
    private static readonly CloudApi[] Needed = [CloudApi.Run, CloudApi.CloudBuild];

    private readonly Dictionary<string, DeployedFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Operation> _operations = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();

    public void Map(CloudRoutes routes)
    {
        routes.Get(Location + "/runtimes", call =>
        {
            call.Demand("cloudfunctions.runtimes.list");
            return new JsonObject { ["runtimes"] = new JsonArray([.. FunctionBuild.AllRuntimes.Select(name => new JsonObject { ["name"] = name, ["displayName"] = name, ["stage"] = "GA", ["environment"] = "GEN_2" })]) };
        });
        routes.Post(All + ":generateUploadUrl", Upload);
        routes.Get(All, List);
        routes.Post(All, Create);
        routes.Get(One, call => Find(call, "get").Show());
        routes.Patch(One, Update);
        routes.Delete(One, Delete);
        routes.Get(Location + "/operations/{operation}", call =>
        {
            call.Demand("cloudfunctions.operations.get");
            return _operations.GetValueOrDefault(call["operation"])?.Show() ?? throw CloudException.NotFound($"Operation {call["operation"]} was not found.");
        });
    }

    /// <summary>What a function's process has written; empty if there is none.</summary>
    public IReadOnlyList<string> OutputOf(string id) => Find(id)?.Service.Serving?.Process.Output ?? [];

    /// <summary>By its short name.</summary>
    public DeployedFunction? Find(string id) => _functions.Values.FirstOrDefault(function => function.Id == id);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var operation in _operations.Values) await operation.Work.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var function in _functions.Values) await function.Service.DisposeAsync();
        _end.Dispose();
    }

    private JsonObject Upload(CloudCall call)
    {
        call.Demand("cloudfunctions.functions.sourceCodeSet");
        var name = cloud.Uploads.Begin();
        return new()
        {
            ["uploadUrl"] = new Uri(cloud.Address, $"{SignedUploads.Prefix}/{name}").AbsoluteUri,
            ["storageSource"] = new JsonObject { ["bucket"] = $"gcf-v2-uploads-{cloud.Options.ProjectNumber}.{call["location"]}.cloudfunctions.appspot.com", ["object"] = name },
        };
    }

    private JsonObject List(CloudCall call)
    {
        call.Demand("cloudfunctions.functions.list");
        var functions = _functions.Values.Where(function => call["location"] == "-" || function.Name.Split('/')[3] == call["location"]).OrderBy(function => function.Name, StringComparer.Ordinal);
        return new() { ["functions"] = new JsonArray([.. functions.Select(function => function.Show())]) };
    }

    private JsonObject Create(CloudCall call)
    {
        call.Demand("cloudfunctions.functions.create");
        var name = $"projects/{cloud.Options.ProjectId}/locations/{call["location"]}/functions/{call.Query("functionId")}";
        if (_functions.ContainsKey(name)) throw CloudException.AlreadyExists($"Could not create Cloud Function {name.Split('/')[^1]}. A function with this name already exists.");
        var serviceName = name.Replace("/functions/", "/services/", StringComparison.Ordinal);
        var function = new DeployedFunction(name, new RunService(serviceName)) { Spec = (JsonObject)call.Body.DeepClone() };
        var archive = Check(call, function);
        _functions.Add(name, function);
        cloud.RunServices.Add(serviceName, function.Service);
        return Start(function, "create", archive);
    }

    private JsonObject Update(CloudCall call)
    {
        var function = Find(call, "update");
        if (function.IsBusy) throw new CloudException(409, "ABORTED", $"Unable to queue the operation: another operation is in progress for {function.Name}.");
        var changed = new DeployedFunction(function.Name, function.Service) { Spec = UpdateMask.Apply(function.Spec, call.Body, call.Query("updateMask")) };
        var archive = Check(call, changed);
        function.Spec = changed.Spec;
        return Start(function, "update", archive);
    }

    private JsonObject Delete(CloudCall call)
    {
        var function = Find(call, "delete");
        if (function.IsBusy) throw new CloudException(409, "ABORTED", $"Unable to queue the operation: another operation is in progress for {function.Name}.");
        _functions.Remove(function.Name);
        cloud.RunServices.Remove(function.Service.Name);
        var operation = Begin(function, "delete", call["location"]);
        operation.Succeed(new() { ["@type"] = "type.googleapis.com/google.protobuf.Empty" });
        operation.Work = function.Service.DisposeAsync().AsTask();
        return operation.Show();
    }

    private JsonObject Start(DeployedFunction function, string verb, byte[] archive)
    {
        function.IsBusy = true;
        var operation = Begin(function, verb, function.Name.Split('/')[3]);
        operation.Work = Task.Run(() => new Deployment(cloud, function, operation).RunAsync(archive, _end.Token));
        return operation.Show();
    }

    private Operation Begin(DeployedFunction function, string verb, string location)
    {
        var id = "operation-" + Guid.NewGuid().ToString("N");
        return _operations[id] = new($"projects/{cloud.Options.ProjectId}/locations/{location}/operations/{id}", function.Name, verb);
    }

    // In Google's order, as far as it is known: shape, APIs, the account and who may act as it, the source.
    private byte[] Check(CloudCall call, DeployedFunction function)
    {
        if (function.ServiceAccount.Length == 0) ((JsonObject)(function.Spec["serviceConfig"] ??= new JsonObject()))["serviceAccountEmail"] = cloud.Accounts.DefaultEmail;
        FunctionCheck.Demand(function);
        foreach (var api in Needed.Select(ApiPlace.Of))
            if (!cloud.Services.IsEnabled(api.Service)) throw CloudException.Disabled(api.Service, api.Title, cloud.Options.ProjectNumber);
        if (!cloud.Services.IsEnabled("artifactregistry.googleapis.com")) throw CloudException.Disabled("artifactregistry.googleapis.com", "Artifact Registry API", cloud.Options.ProjectNumber);
        var email = function.ServiceAccount;
        var account = cloud.Accounts.IsThere(email) ? cloud.Accounts.Find(email) : null;
        if (account is null) throw CloudException.NotFound($"Service account projects/-/serviceAccounts/{email} was not found.");
        if (!cloud.Roles.Grants(cloud.Project.Policy, call.Caller, "iam.serviceAccounts.actAs") && !cloud.Roles.Grants(account.Policy, call.Caller, "iam.serviceAccounts.actAs"))
            throw new CloudException(
                403,
                "PERMISSION_DENIED",
                $"Caller is missing permission 'iam.serviceaccounts.actAs' on service account projects/-/serviceAccounts/{email}. Grant the role 'roles/iam.serviceAccountUser' to the caller on the service account {email}. You can do that by running 'gcloud iam service-accounts add-iam-policy-binding {email} --member=MEMBER --role=roles/iam.serviceAccountUser' where MEMBER has a prefix like 'user:' or 'serviceAccount:'.");
        return cloud.Uploads.Find(function.UploadedObject) ?? throw CloudException.Invalid("The source archive was not found: nothing has been uploaded under its name.");
    }

    private DeployedFunction Find(CloudCall call, string verb)
    {
        var name = $"projects/{cloud.Options.ProjectId}/locations/{call["location"]}/functions/{call["function"]}";
        call.Demand("cloudfunctions.functions." + verb, name);
        return _functions.GetValueOrDefault(name) ?? throw CloudException.NotFound($"Resource '{name}' was not found");
    }
}
