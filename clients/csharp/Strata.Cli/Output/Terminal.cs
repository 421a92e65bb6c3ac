using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Spectre.Console;

namespace Strata.Cli.Output;

/// <summary>Where a command writes: answers to standard output, everything else to standard error.</summary>
internal sealed class Terminal
{
    private const int PipedWidth = 120;

    /// <summary>Text as it is, not as escapes: nobody pastes this into a web page.</summary>
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonFormatter _json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(false));

    private Terminal(IAnsiConsole answers, IAnsiConsole notes, bool json) => (Answers, Notes, Json) = (answers, notes, json);

    /// <summary>Standard output.</summary>
    public IAnsiConsole Answers { get; }

    /// <summary>Standard error: progress and notes.</summary>
    public IAnsiConsole Notes { get; }

    /// <summary>Whether answers are JSON for programs.</summary>
    public bool Json { get; }

    /// <summary>Whether somebody looks on while it runs.</summary>
    public bool IsLive => !Console.IsOutputRedirected && Answers.Profile.Capabilities.Ansi;

    public static Terminal Open(bool json) =>
        new(Create(Console.Out, Console.IsOutputRedirected), Create(Console.Error, Console.IsErrorRedirected), json);

    /// <summary>Shows progress while a piece of work goes on, and ends as it ends.</summary>
    /// <param name="work">The work, already begun.</param>
    /// <param name="what">What is going on.</param>
    /// <param name="done">Part of it that is done, 0..1; null where nobody can know.</param>
    public Task WhileAsync(Task work, Func<string> what, Func<double?> done) => WorkProgress.WhileAsync(Notes, work, () => (what(), done()), WorkProgress.Patience);

    /// <inheritdoc cref="WhileAsync(Task, Func{string}, Func{double?})"/>
    public async Task<T> WhileAsync<T>(Task<T> work, Func<string> what, Func<double?> done)
    {
        await WhileAsync((Task)work, what, done);
        return await work;
    }

    /// <summary>A message of the contract as protobuf's JSON.</summary>
    public static string ToJson(IMessage message) => _json.Format(message);

    /// <summary>One message of the contract on a line of standard output.</summary>
    public static void WriteJson(IMessage message) => Console.Out.WriteLine(ToJson(message));

    /// <summary>One object on a line of standard output.</summary>
    public static void WriteJson(JsonObject line) => Console.Out.WriteLine(line.ToJsonString(Readable));

    // Piped output is for programs and files: no colours, and a width that does not hang on a window.
    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var colourless = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = colourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (redirected)
        {
            console.Profile.Width = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 20 ? columns : PipedWidth;
        }

        return console;
    }
}
