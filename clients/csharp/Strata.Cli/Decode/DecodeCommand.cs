using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Client;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Decode;

/// <summary><c>strata decode</c>: one text or many, over one stream.</summary>
internal static class DecodeCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var texts = new Argument<string[]>("text") { Description = "Texts; - reads a line each from standard input.", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [] };
        var file = new Option<string?>("--file", "-f") { Description = "File with a text on each line." };
        var inFlight = new Option<int>("--in-flight") { Description = "Texts that are unanswered at the same time.", DefaultValueFactory = _ => StrataClient.DefaultInFlight };
        inFlight.Accept(number => number >= 1, "1 or more");
        var question = new QuestionOptions();
        var command = new Command("decode",
            """
            Decide texts. Many go over one stream; one that is refused does not end it, and makes the exit code 1.

            Examples:
              strata decode "I have no idea what to say"
              strata decode "I have no idea what to say" --method plain
              strata decode --file texts.txt --json > answers.jsonl
              strata decode "who invented it ?" --context ID
            """) { texts, file, inFlight };
        foreach (var option in question.All)
        {
            command.Options.Add(option);
        }

        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            var given = arguments.GetRequiredValue(texts);
            RefuseUnknownOptions(arguments, given);
            var source = TextSource.Read(given, arguments.GetValue(file));
            var total = TextSource.Count(given, arguments.GetValue(file));
            var template = question.Read(arguments);
            using var client = connection.Decoding(arguments);
            var requests = source.Select(text =>
            {
                var request = template.Clone();
                request.Text = text;
                return request;
            });
            var sent = new Queue<string>();
            var answers = client.DecodeManyAsync(Remembered(requests, sent), arguments.GetRequiredValue(inFlight), cancellation: cancellation);
            return total == 1 && given.Length == 1
                ? await OneAsync(client, requests.Single(), terminal, cancellation)
                : await ManyAsync(answers, sent, total, terminal);
        });
        return command;
    }

    // A mistyped option would be decoded as a text.
    private static void RefuseUnknownOptions(ParseResult arguments, string[] texts)
    {
        var escaped = arguments.Tokens.Any(token => token.Type == TokenType.DoubleDash);
        if (!escaped && Array.Find(texts, text => text.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
        {
            throw new UsageException($"There is no option {unknown}. To decode a text that begins so, put -- before the texts.");
        }
    }

    private static async IAsyncEnumerable<DecodeRequest> Remembered(IEnumerable<DecodeRequest> requests, Queue<string> sent)
    {
        foreach (var request in requests)
        {
            lock (sent)
            {
                sent.Enqueue(request.Text);
            }

            yield return request;
        }

        await Task.CompletedTask;
    }

    private static async Task<int> OneAsync(StrataClient client, DecodeRequest request, Terminal terminal, CancellationToken cancellation)
    {
        var response = await client.DecodeAsync(request, cancellation: cancellation);
        if (terminal.Json)
        {
            Terminal.WriteJson(response);
        }
        else
        {
            AnswerLine.Write(terminal.Answers, null, response);
        }

        return ExitCodes.Success;
    }

    private static async Task<int> ManyAsync(IAsyncEnumerable<DecodeAnswer> answers, Queue<string> sent, int? total, Terminal terminal)
    {
        var (next, failed) = (0, 0);
        var all = WriteAllAsync();

        // Where the answers themselves are looked on, they are the progress.
        await (Console.IsOutputRedirected ? terminal.WhileAsync(all, () => total is null ? $"decoded {next}" : $"decoded {next} of {total}", () => (double)next / total) : all);
        return failed == 0 ? ExitCodes.Success : ExitCodes.Failed;

        async Task WriteAllAsync()
        {
            // Answers come as they are ready; lines come in the order of the texts.
            var waiting = new Dictionary<int, DecodeAnswer>();
            await foreach (var answer in answers)
            {
                waiting.Add(answer.Index, answer);
                for (; waiting.Remove(next, out var ready); next++)
                {
                    string text;
                    lock (sent)
                    {
                        text = sent.Dequeue();
                    }

                    failed += ready.Error is null ? 0 : 1;
                    Write(terminal, text, ready);
                }
            }
        }
    }

    private static void Write(Terminal terminal, string text, DecodeAnswer answer)
    {
        if (terminal.Json)
        {
            var line = answer.Error is { } failure
                ? new JsonObject { ["index"] = answer.Index, ["error"] = FailureReport.ToJson(failure) }
                : new JsonObject { ["index"] = answer.Index, ["response"] = JsonNode.Parse(Terminal.ToJson(answer.Response!)) };
            Terminal.WriteJson(line);
        }
        else if (answer.Error is { } failure)
        {
            Records.WriteLine(terminal.Answers, $"[red]{Markup.Escape(failure.Reason)}[/] {Markup.Escape(failure.Message)} [grey]{Markup.Escape(text)}[/]");
        }
        else
        {
            AnswerLine.Write(terminal.Answers, text, answer.Response!);
        }
    }
}
