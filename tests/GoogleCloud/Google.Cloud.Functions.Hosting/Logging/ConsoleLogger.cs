using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>Writes every entry at once, in one call, so that entries of two threads do not mix.</summary>
internal sealed class ConsoleLogger(string category, TextWriter console, ILogFormat format, Func<IExternalScopeProvider> scopes) : ILogger
{
    // An instance that is given no CPU between two requests has a slow heartbeat by design.
    private const string KestrelCategory = "Microsoft.AspNetCore.Server.Kestrel";
    private const string HeartbeatSlow = "HeartbeatSlow";

    public IDisposable BeginScope<TState>(TState state)
        where TState : notnull => scopes().Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || (category == KestrelCategory && eventId.Name == HeartbeatSlow)) return;
        var message = formatter(state, exception);
        if (string.IsNullOrEmpty(message) && exception is null) return;
        console.WriteLine(format.Format(new(category, logLevel, message, state, exception, scopes())));
    }
}
