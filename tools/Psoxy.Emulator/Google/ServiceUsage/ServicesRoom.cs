using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.ServiceUsage;

/// <summary>Service Usage over REST.</summary>
internal sealed class ServicesRoom(GoogleCloud cloud)
{
    private const string All = "/v1/projects/{project}/services";
    private const string One = All + "/{service}";

    private static readonly HashSet<string> Known =
    [
        .. ApiPlace.All.Select(place => place.Service), "artifactregistry.googleapis.com", "cloudapis.googleapis.com", "compute.googleapis.com", "containerregistry.googleapis.com", "eventarc.googleapis.com",
        "iamcredentials.googleapis.com", "logging.googleapis.com", "monitoring.googleapis.com", "pubsub.googleapis.com", "sts.googleapis.com",
    ];

    public void Map(CloudRoutes routes)
    {
        routes.Get(All, call =>
        {
            call.Demand("serviceusage.services.list");
            var services = call.Query("filter") == "state:DISABLED" ? Known.Where(service => !cloud.Services.IsEnabled(service)).Order(StringComparer.Ordinal) : cloud.Services.Enabled;
            return new JsonObject { ["services"] = new JsonArray([.. services.Select(Show)]) };
        });
        routes.Get(One, call =>
        {
            call.Demand("serviceusage.services.get");
            return Show(call["service"]);
        });
        routes.Post(All + ":batchEnable", call => Enable(call, [.. (call.Body["serviceIds"] as JsonArray ?? []).Select(service => (string?)service ?? "")]));
        routes.Post(One + ":enable", call => Enable(call, call["service"]));
        routes.Post(One + ":disable", Disable);
    }

    private JsonObject Enable(CloudCall call, params string[] services)
    {
        call.Demand("serviceusage.services.enable");
        if (services.FirstOrDefault(service => !Known.Contains(service)) is { } unknown) throw CloudException.NotFound($"Not found or permission denied for service(s): {unknown}.");
        foreach (var service in services) cloud.Services.Enable(service);
        return Done("acat");
    }

    private JsonObject Disable(CloudCall call)
    {
        call.Demand("serviceusage.services.disable");
        cloud.Services.Disable(call["service"]);
        return Done("dsbl");
    }

    private JsonObject Done(string kind) => new() { ["name"] = $"operations/{kind}.p2-{cloud.Options.ProjectNumber}-{Guid.NewGuid():D}", ["done"] = true, ["response"] = new JsonObject() };

    private JsonObject Show(string service) => new()
    {
        ["name"] = $"projects/{cloud.Options.ProjectNumber}/services/{service}",
        ["config"] = new JsonObject { ["name"] = service, ["title"] = ApiPlace.All.FirstOrDefault(place => place.Service == service)?.Title ?? service },
        ["state"] = cloud.Services.IsEnabled(service) ? "ENABLED" : "DISABLED",
        ["parent"] = "projects/" + cloud.Options.ProjectNumber,
    };
}
