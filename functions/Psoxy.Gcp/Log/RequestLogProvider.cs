using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Psoxy.Gcp.Log;

/// <summary>
/// Where requests' lines leave the process. The host's own logger has no place for Cloud Logging's trace fields, so lines of <see cref="RequestLog"/> come here and nowhere
/// else, and no other lines do.
/// </summary>
internal sealed class RequestLogProvider : ILoggerProvider
{
    /// <summary>The category of the lines.</summary>
    public static readonly string Category = typeof(RequestLog).FullName!;

    private readonly Logger _logger;

    /// <summary>Writes elsewhere.</summary>
    /// <param name="output">Gets each line in one piece.</param>
    /// <param name="turn">Is held meanwhile, so that lines do not mix.</param>
    /// <param name="project">Google Cloud's id of the project that traces are in, if it is known.</param>
    public RequestLogProvider(Stream output, object turn, string? project) => _logger = new Logger(output, turn, project);

    /// <summary>Writes to standard output. The host's logger writes to the same place through a writer that is its own lock, and may write a line in several pieces.</summary>
#pragma warning disable RS0030 // The one place where requests' lines leave; nothing else can be written here.
    public static RequestLogProvider ToStandardOutput(string? project) => new(Console.OpenStandardOutput(), Console.Out, project);
#pragma warning restore RS0030

    public ILogger CreateLogger(string categoryName) => categoryName == Category ? _logger : NullLogger.Instance;

    public void Dispose() => _logger.Dispose();

    private sealed class Logger(Stream output, object turn, string? project) : ILogger, IDisposable
    {
        private readonly RequestLine _line = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is not RequestSummary summary) return;
            lock (turn) output.Write(_line.Write(summary, logLevel, project));
        }

        public void Dispose() => _line.Dispose();
    }
}
