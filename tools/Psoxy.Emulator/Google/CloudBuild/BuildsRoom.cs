using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.CloudBuild;

/// <summary>Cloud Build over REST, as <c>gcloud builds submit</c> and <c>gcloud functions deploy</c> use it.</summary>
internal sealed class BuildsRoom(GoogleCloud cloud) : IAsyncDisposable
{
    private const string Location = "/v1/projects/{project}/locations/{location}";

    private readonly Dictionary<string, BuildRun> _builds = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();

    public void Map(CloudRoutes routes)
    {
        routes.Get(Location + "/defaultServiceAccount", call => new JsonObject
        {
            ["name"] = $"projects/{cloud.Options.ProjectNumber}/locations/{call["location"]}/defaultServiceAccount",
            ["serviceAccountEmail"] = $"projects/{cloud.Options.ProjectId}/serviceAccounts/{cloud.Accounts.DefaultEmail}",
        });
        foreach (var parent in new[] { Location, "/v1/projects/{project}" })
        {
            routes.Post(parent + "/builds", Create);
            routes.Get(parent + "/builds", call =>
            {
                call.Demand("cloudbuild.builds.list");
                return new JsonObject { ["builds"] = new JsonArray([.. _builds.Values.Reverse().Select(build => build.Show())]) };
            });
            routes.Get(parent + "/builds/{build}", call =>
            {
                call.Demand("cloudbuild.builds.get");
                return _builds.GetValueOrDefault(call["build"])?.Show() ?? throw CloudException.NotFound("Requested entity was not found.");
            });
        }
    }

    public IReadOnlyList<string> OutputOf(string id) => _builds.GetValueOrDefault(id)?.Output ?? [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var build in _builds.Values) await build.Work.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private JsonObject Create(CloudCall call)
    {
        call.Demand("cloudbuild.builds.create");
        var source = call.Body["source"]?["storageSource"];
        var archive = source is null ? null : cloud.Objects.Find((string?)source["bucket"] ?? "", (string?)source["object"] ?? "") ?? throw CloudException.NotFound("The build's source does not exist.");
        var id = Guid.NewGuid().ToString("D");
        var location = call["location"] is { Length: > 0 } given ? given : "global";
        var build = new BuildRun(cloud, id, $"projects/{cloud.Options.ProjectNumber}/locations/{location}/builds/{id}", (JsonObject)call.Body.DeepClone());
        _builds.Add(id, build);
        var shown = build.Show();
        build.Work = Task.Run(() => build.RunAsync(archive, _end.Token));
        return new()
        {
            ["name"] = $"operations/build/{cloud.Options.ProjectId}/{id}",
            ["metadata"] = new JsonObject { ["@type"] = "type.googleapis.com/google.devtools.cloudbuild.v1.BuildOperationMetadata", ["build"] = shown },
        };
    }
}
