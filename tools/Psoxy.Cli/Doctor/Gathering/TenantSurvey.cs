using System.CommandLine;
using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor.Facts;
using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Doctor.Gathering;

/// <summary>What the tenant has of the connectors' applications.</summary>
/// <param name="Permissions">Graph's, or why nobody could look.</param>
/// <param name="Registrations">By connector, in the order asked for.</param>
internal sealed record TenantSurvey(Fact<GraphPermissions> Permissions, IReadOnlyList<Fact<Registration>> Registrations)
{
    public static async Task<TenantSurvey> MakeAsync(EntraContext context, string auth, string file, DeploymentSettings settings, IReadOnlyList<ConnectorSettings> connectors, InvocationConfiguration io, CancellationToken cancellation)
    {
        EntraSession session;
        try
        {
            // Whoever wants to type a code says so.
            session = await EntraSession.OpenAsync(auth == "device-code" ? context : context with { Confirm = null }, file, settings, auth, io, cancellation);
        }
        catch (EntraException refused)
        {
            var why = refused.Message.TrimEnd('.');
            return new(Fact.Unasked<GraphPermissions>(why), [.. connectors.Select(_ => Fact.Unasked<Registration>("nobody could look into the tenant"))]);
        }

        using (session)
        {
            var registrations = new List<Fact<Registration>>();
            foreach (var connector in connectors) registrations.Add(await OfAsync(session, connector, cancellation));
            return new(Fact.Known(session.Permissions), registrations);
        }
    }

    private static async Task<Fact<Registration>> OfAsync(EntraSession session, ConnectorSettings connector, CancellationToken cancellation)
    {
        if (connector.ClientId is not { } id) return Fact.Unasked<Registration>("psoxy.yaml has no clientId yet");
        try
        {
            if (await session.Reader.ByClientIdAsync(id, cancellation) is { } application)
            {
                var wanted = WantedApplication.Of(session.Settings, connector, session.Permissions, null, []);
                var (missing, excess) = Consent.Of(wanted, application, session.Permissions);
                return Fact.Known(new Registration { Application = application, MissingGrants = missing, ExcessGrants = [.. excess.Select(grant => Consent.Name(grant, session.Permissions))] });
            }

            if (await session.Reader.ByObjectIdAsync(id, cancellation) is { } byObjectId)
                return Fact.Known(new Registration { MistakenFor = $"the application '{byObjectId.DisplayName}'", RightClientId = byObjectId.ClientId });
            return Fact.Known(await session.Reader.ClientIdOfPrincipalAsync(id, cancellation) is { } clientId
                ? new Registration { MistakenFor = "an enterprise application (service principal)", RightClientId = clientId }
                : new Registration());
        }
        catch (EntraException refused)
        {
            return new(Standing.Refused, null, refused.Message.TrimEnd('.'));
        }
    }
}
