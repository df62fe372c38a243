namespace Psoxy.Emulator.Google.Access;

/// <summary>What roles permit: of Google's many those that a deployment has to do with, and custom ones.</summary>
public sealed class Roles
{
    private static readonly string[] ReadOnly = [".get", ".list"];

    private readonly Dictionary<string, Func<string, bool>> _roles = new(StringComparer.Ordinal)
    {
        ["roles/owner"] = _ => true,
        ["roles/editor"] = permission => !permission.EndsWith(".setIamPolicy", StringComparison.Ordinal) && permission is not ("secretmanager.versions.access" or "run.routes.invoke"),
        ["roles/viewer"] = permission => ReadOnly.Any(end => permission.EndsWith(end, StringComparison.Ordinal)),
        ["roles/browser"] = Of("resourcemanager.projects.get", "resourcemanager.projects.getIamPolicy"),
        ["roles/resourcemanager.projectIamAdmin"] = Of("resourcemanager.projects.get", "resourcemanager.projects.getIamPolicy", "resourcemanager.projects.setIamPolicy"),
        ["roles/iam.securityReviewer"] = permission => permission.EndsWith(".getIamPolicy", StringComparison.Ordinal) || permission.EndsWith(".list", StringComparison.Ordinal),
        ["roles/serviceusage.serviceUsageAdmin"] = All("serviceusage."),
        ["roles/serviceusage.serviceUsageConsumer"] = Of("serviceusage.services.get", "serviceusage.services.list", "serviceusage.services.use"),
        ["roles/iam.serviceAccountAdmin"] = permission => permission.StartsWith("iam.serviceAccounts.", StringComparison.Ordinal) && permission != "iam.serviceAccounts.actAs",
        ["roles/iam.serviceAccountCreator"] = Of("iam.serviceAccounts.create", "iam.serviceAccounts.get", "iam.serviceAccounts.list"),
        ["roles/iam.serviceAccountUser"] = Of("iam.serviceAccounts.actAs", "iam.serviceAccounts.get", "iam.serviceAccounts.list"),
        ["roles/iam.serviceAccountViewer"] = Of("iam.serviceAccounts.get", "iam.serviceAccounts.list", "iam.serviceAccounts.getIamPolicy"),
        ["roles/secretmanager.admin"] = All("secretmanager."),
        ["roles/secretmanager.viewer"] = Of("secretmanager.secrets.get", "secretmanager.secrets.list", "secretmanager.secrets.getIamPolicy", "secretmanager.versions.get", "secretmanager.versions.list"),
        ["roles/secretmanager.secretAccessor"] = Of("secretmanager.versions.access"),
        ["roles/secretmanager.secretVersionAdder"] = Of("secretmanager.versions.add"),
        ["roles/cloudfunctions.admin"] = All("cloudfunctions."),
        ["roles/cloudfunctions.developer"] = permission => permission.StartsWith("cloudfunctions.", StringComparison.Ordinal) && !permission.EndsWith("IamPolicy", StringComparison.Ordinal),
        ["roles/cloudfunctions.viewer"] = permission => permission.StartsWith("cloudfunctions.", StringComparison.Ordinal) && ReadOnly.Any(end => permission.EndsWith(end, StringComparison.Ordinal)),
        ["roles/run.admin"] = All("run."),
        ["roles/run.developer"] = permission => permission.StartsWith("run.", StringComparison.Ordinal) && permission is not ("run.services.setIamPolicy" or "run.routes.invoke"),
        ["roles/run.viewer"] = Of("run.services.get", "run.services.list", "run.services.getIamPolicy"),
        ["roles/run.invoker"] = Of("run.routes.invoke"),
        ["roles/cloudbuild.builds.editor"] = All("cloudbuild.builds."),
        ["roles/cloudbuild.builds.viewer"] = Of("cloudbuild.builds.get", "cloudbuild.builds.list"),
        ["roles/cloudbuild.builds.builder"] = permission => permission.StartsWith("cloudbuild.builds.", StringComparison.Ordinal) || permission.StartsWith("storage.objects.", StringComparison.Ordinal),
        ["roles/storage.admin"] = All("storage."),
        ["roles/storage.objectViewer"] = Of("storage.objects.get", "storage.objects.list"),
        ["roles/artifactregistry.reader"] = All("artifactregistry.repositories.download"),
        ["roles/artifactregistry.writer"] = All("artifactregistry."),
        ["roles/logging.logWriter"] = Of("logging.logEntries.create"),
        ["roles/logging.viewer"] = Of("logging.logEntries.list"),
    };

    /// <summary>A custom role.</summary>
    /// <param name="name"><c>projects/…/roles/…</c>.</param>
    /// <param name="permissions">Permissions, to the letter.</param>
    public void Define(string name, params string[] permissions) => _roles[name] = Of(permissions);

    internal bool IsKnown(string role) => _roles.ContainsKey(role);

    internal bool Grants(IamPolicy policy, string member, string permission) =>
        policy.RolesOf(member).Any(role => _roles.TryGetValue(role, out var permits) && permits(permission));

    private static Func<string, bool> Of(params string[] permissions) => permissions.Contains;

    private static Func<string, bool> All(string start) => permission => permission.StartsWith(start, StringComparison.Ordinal);
}
