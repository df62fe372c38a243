using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>Turns one log entry into one text, without the last line end.</summary>
internal interface ILogFormat
{
    string Format(in LogEntry entry);
}

/// <summary>What both formats write.</summary>
internal readonly record struct LogEntry(string Category, LogLevel Level, string Message, object? State, Exception? Exception, IExternalScopeProvider Scopes);
