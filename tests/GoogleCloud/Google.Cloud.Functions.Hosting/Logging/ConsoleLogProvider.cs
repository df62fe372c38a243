using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>Logs to standard output: a JSON object a line on the platform, text elsewhere.</summary>
internal sealed class ConsoleLogProvider(bool json, TextWriter output) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new ConsoleLogger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private void Write(LogRecord record)
    {
        var line = json ? JsonLog.Format(record) : TextLog.Format(record);
        lock (output) output.WriteLine(line);
    }

    private List<object> Scopes()
    {
        var scopes = new List<object>();
        _scopes.ForEachScope((scope, list) => { if (scope is not null) list.Add(scope); }, scopes);
        return scopes;
    }

    private sealed class ConsoleLogger(string category, ConsoleLogProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Write(new(category, logLevel, formatter(state, exception), exception, state as IEnumerable<KeyValuePair<string, object?>>, provider.Scopes()));
    }
}

/// <summary>One log entry.</summary>
internal sealed record LogRecord(
    string Category, LogLevel Level, string Message, Exception? Exception, IEnumerable<KeyValuePair<string, object?>>? Parameters, List<object> Scopes);
