namespace Strata.Cli.Decode;

/// <summary>The texts of a command line: arguments, the lines of a file, or the lines of standard input.</summary>
internal static class TextSource
{
    /// <summary>Stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>How many there are, if that is known: counting the lines of a pipe would take them away.</summary>
    public static int? Count(IReadOnlyList<string> texts, string? file) => file switch
    {
        null when !texts.Contains(StandardInput) => texts.Count,
        null or StandardInput => null,
        _ => (File.ResolveLinkTarget(file, returnFinalTarget: true) ?? new FileInfo(file)) is FileInfo { Exists: true, Length: > 0 } ? File.ReadLines(file).Count() : null,
    };

    /// <exception cref="UsageException">There is no text, or both a file and arguments.</exception>
    public static IEnumerable<string> Read(IReadOnlyList<string> texts, string? file)
    {
        if (file is not null && texts.Count > 0)
        {
            throw new UsageException("Give texts or --file, not both.");
        }

        if (file is null && texts.Count == 0)
        {
            throw new UsageException("""Give a text, as in: strata decode "I have no idea what to say"; or --file FILE with one a line; or - for standard input.""");
        }

        if (texts.Count > 1 && texts.Contains(StandardInput))
        {
            throw new UsageException("Give texts or -, not both.");
        }

        if (file is not null && file != StandardInput && !File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        return file == StandardInput || (file is null && texts is [StandardInput]) ? StandardInputLines() : file is not null ? File.ReadLines(file) : texts;
    }

    private static IEnumerable<string> StandardInputLines()
    {
        // Read as a file is: in UTF-8, without the mark that some programs put first.
        using var redirected = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput()) : null;
        while ((redirected ?? Console.In).ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
