using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.Billing;

/// <summary>Whether somebody pays for the project.</summary>
internal sealed class BillingRoom(GoogleCloud cloud)
{
    public void Map(CloudRoutes routes) => routes.Get("/v1/projects/{project}/billingInfo", call =>
    {
        call.Demand("resourcemanager.projects.get");
        return new JsonObject
        {
            ["name"] = $"projects/{cloud.Options.ProjectId}/billingInfo",
            ["projectId"] = cloud.Options.ProjectId,
            ["billingAccountName"] = cloud.Project.IsPaidFor ? "billingAccounts/000000-AAAAAA-BBBBBB" : "",
            ["billingEnabled"] = cloud.Project.IsPaidFor,
        };
    });
}
