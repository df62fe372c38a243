using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.Run;

/// <summary>Policies of Cloud Run services: who may call a function.</summary>
internal sealed class RunRoom(GoogleCloud cloud)
{
    private const string One = "/v1/projects/{project}/locations/{location}/services/{service}";

    public void Map(CloudRoutes routes)
    {
        routes.Get(One + ":getIamPolicy", call => Find(call, "getIamPolicy").Policy.Show());
        routes.Post(One + ":setIamPolicy", call => Find(call, "setIamPolicy").Policy.Replace(call.Body, cloud.Roles, cloud.Accounts));
    }

    private RunService Find(CloudCall call, string verb)
    {
        var name = $"projects/{cloud.Options.ProjectId}/locations/{call["location"]}/services/{call["service"]}";
        var service = cloud.RunServices.GetValueOrDefault(name);
        call.Demand("run.services." + verb, name, service?.Policy);
        return service ?? throw CloudException.NotFound($"Resource '{call["service"]}' of kind 'SERVICE' in region '{call["location"]}' in project '{cloud.Options.ProjectId}' does not exist.");
    }
}
