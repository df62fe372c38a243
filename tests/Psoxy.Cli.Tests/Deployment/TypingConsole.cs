using Spectre.Console;
using Spectre.Console.Rendering;

namespace Psoxy.Cli.Tests.Deployment;

/// <summary>A terminal on which somebody types what a test says.</summary>
internal sealed class TypingConsole : IDisposable
{
    private readonly StringWriter _shown = new();

    /// <param name="typed">Texts; a line break is the enter key.</param>
    public TypingConsole(params IEnumerable<string> typed)
    {
        var inner = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_shown), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        Console = new Typed(inner, new Keys(string.Concat(typed)));
    }

    public IAnsiConsole Console { get; }

    public string Shown => _shown.ToString();

    public void Dispose() => _shown.Dispose();

    private sealed class Keys(string text) : IAnsiConsoleInput
    {
        private readonly Queue<char> _left = new(text);

        public bool IsKeyAvailable() => _left.Count > 0;

        public ConsoleKeyInfo? ReadKey(bool intercept)
        {
            if (!_left.TryDequeue(out var next)) throw new InvalidOperationException("Nobody types any more.");
            return new ConsoleKeyInfo(next == '\n' ? '\r' : next, next switch { '\n' => ConsoleKey.Enter, ' ' => ConsoleKey.Spacebar, _ => ConsoleKey.None }, false, false, false);
        }

        public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
    }

    private sealed class Typed(IAnsiConsole inner, IAnsiConsoleInput input) : IAnsiConsole
    {
        public Profile Profile => inner.Profile;

        public IAnsiConsoleCursor Cursor => inner.Cursor;

        public IAnsiConsoleInput Input => input;

        public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

        public RenderPipeline Pipeline => inner.Pipeline;

        public void Clear(bool home) => inner.Clear(home);

        public void Write(IRenderable renderable) => inner.Write(renderable);

        public void WriteAnsi(Action<AnsiWriter> action) => inner.WriteAnsi(action);
    }
}
