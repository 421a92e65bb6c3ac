using System.CommandLine;

namespace Strata.Cli.Completion;

/// <summary><c>strata completion SHELL</c>: the script that completes this command line. It asks <c>strata [suggest]</c>, so it never grows old.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> _scripts = new()
    {
        ["bash"] =
            """
            _strata() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(strata "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _strata strata
            """,
        ["zsh"] =
            """
            _strata() {
              local -a found
              found=("${(@f)$(strata "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
              compadd -a found
            }
            compdef _strata strata
            """,
        ["fish"] =
            """
            complete -c strata -f -a '(strata "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
            """,
        ["pwsh"] =
            """
            Register-ArgumentCompleter -Native -CommandName strata -ScriptBlock {
              param($word, $line, $position)
              strata "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    public static Command Create(RootCommand root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var shell = new Argument<string>("shell") { Description = $"{string.Join(", ", _scripts.Keys)}." };
        shell.AcceptOnlyFromAmong([.. _scripts.Keys]);
        var command = new Command("completion",
            """
            Print the script that completes this command line in your shell.

            Examples:
              source <(strata completion bash)          also as a line of ~/.bashrc
              strata completion zsh > "${fpath[1]}/_strata"
              strata completion fish > ~/.config/fish/completions/strata.fish
            """) { shell };
        command.SetAction(arguments => Console.Out.WriteLine(_scripts[arguments.GetRequiredValue(shell)]));
        return command;
    }
}
