using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>
/// Translates a pattern of the reference's regex library (Oniguruma, Ruby syntax) into one of .NET that matches the same
/// text. It knows what it translates, construct by construct; everything else is refused, because a near miss would change ids.
/// </summary>
internal sealed partial class OnigurumaPattern
{
    /// <summary>What <c>\w</c> means there: alphabetic, mark, decimal digit, connector punctuation.</summary>
    private const string WordClass = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9";

    private readonly string _source;
    private readonly StringBuilder _output = new();
    private readonly Stack<int> _groups = new();
    private int _at;
    private int _atom = -1;

    private OnigurumaPattern(string source) => _source = source;

    /// <summary>The .NET pattern.</summary>
    /// <exception cref="FormatException">A construct is not known; the message names it.</exception>
    public static string Translate(string source)
    {
        var pattern = new OnigurumaPattern(source);
        pattern.Run();
        return pattern._output.ToString();
    }

    [GeneratedRegex(@"\G\{[0-9]{1,4}(,[0-9]{0,4})?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\G\(\?(?:[:=!>]|<[=!]|i:|i\))", RegexOptions.CultureInvariant)]
    private static partial Regex KnownGroup();

    [GeneratedRegex(@"\G\\[pP]\{(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cf]?)\}", RegexOptions.CultureInvariant)]
    private static partial Regex KnownCategory();

    [GeneratedRegex(@"\G\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[rntfv]|[!-/:-@\[-`{-~])", RegexOptions.CultureInvariant)]
    private static partial Regex KnownCharacter();

    private void Run()
    {
        while (_at < _source.Length)
        {
            switch (_source[_at])
            {
                case '(':
                    OpenGroup();
                    break;
                case ')':
                    _atom = _groups.Count > 0 ? _groups.Pop() : throw Refuse("an unmatched )");
                    Take(1);
                    break;
                case '[':
                    _atom = _output.Length;
                    new CharacterClassReader(this).Read();
                    break;
                case '?' or '*' or '+' or '{':
                    Quantify();
                    break;
                case '|':
                    _atom = -1;
                    Take(1);
                    break;
                case '^' or '$':
                    // Ruby's line anchors hold at every line.
                    _atom = -1;
                    _output.Append("(?m:").Append(_source[_at++]).Append(')');
                    break;
                default:
                    _atom = _output.Length;
                    Character(inClass: false);
                    break;
            }
        }

        if (_groups.Count > 0)
        {
            throw Refuse("an unmatched (");
        }
    }

    private void OpenGroup()
    {
        if (KnownGroup().Match(_source, _at) is { Success: true } known)
        {
            if (!known.Value.EndsWith(')'))
            {
                _groups.Push(_output.Length);
            }

            Take(known.Length);
        }
        else if (_at + 1 < _source.Length && _source[_at + 1] is '?' or '*')
        {
            throw Refuse("the group " + _source[_at..Math.Min(_at + 4, _source.Length)]);
        }
        else
        {
            _groups.Push(_output.Length);
            Take(1);
        }

        _atom = -1;
    }

    private void Quantify()
    {
        if (_atom < 0)
        {
            throw Refuse("a quantifier without anything before it");
        }

        var isCounted = _source[_at] == '{';
        var length = 1;
        if (isCounted)
        {
            var counted = Counted().Match(_source, _at);
            length = counted.Success ? counted.Length : throw Refuse("a { that is no count");
        }

        Take(length);
        var follower = _at < _source.Length ? _source[_at] : '\0';
        if (follower == '+')
        {
            // "?+", "*+", "++" give nothing back; "{n}+" is a repetition of the repetition.
            _output.Insert(_atom, isCounted ? "(?:" : "(?>").Append(isCounted ? ")+" : ")");
            _at++;
        }
        else if (follower == '?' && isCounted)
        {
            throw Refuse("{n}?");
        }
        else if (follower == '?')
        {
            Take(1);
        }

        _atom = -1;
    }

    /// <summary>One character or escape.</summary>
    private void Character(bool inClass)
    {
        var unit = _source[_at];
        if (char.IsSurrogate(unit))
        {
            throw Refuse("a character above U+FFFF");
        }

        if (unit != '\\')
        {
            RequireDistinct(unit, unit);
            Take(1);
            return;
        }

        if (KnownCategory().Match(_source, _at) is { Success: true } category)
        {
            Take(category.Length);
        }
        else if (KnownCharacter().Match(_source, _at) is { Success: true } character)
        {
            var value = ValueOf(character.Value);
            RequireDistinct(value, value);
            Take(character.Length);
        }
        else if (_source.AsSpan(_at) is [_, 's' or 'S' or 'd' or 'D', ..])
        {
            Take(2);
        }
        else if (_source.AsSpan(_at) is [_, 'w', ..])
        {
            _output.Append(inClass ? WordClass : $"[{WordClass}]");
            _at += 2;
        }
        else if (_source.AsSpan(_at) is [_, 'W', ..] && !inClass)
        {
            _output.Append($"[^{WordClass}]");
            _at += 2;
        }
        else
        {
            throw Refuse("the escape " + _source[_at..Math.Min(_at + 2, _source.Length)]);
        }
    }

    private static char ValueOf(string escape) => escape[1] switch
    {
        'x' or 'u' => (char)Convert.ToInt32(escape[2..], 16),
        'r' => '\r',
        'n' => '\n',
        't' => '\t',
        'f' => '\f',
        'v' => '\v',
        var other => other,
    };

    /// <summary>A pattern that names a representative would match every code point it stands for.</summary>
    private static void RequireDistinct(char first, char last)
    {
        foreach (var representative in CodePointShadow.Representatives)
        {
            if (representative >= first && representative <= last)
            {
                throw Refuse($"the character or range around U+{(int)representative:X4}");
            }
        }
    }

    private void Take(int length)
    {
        _output.Append(_source, _at, length);
        _at += length;
    }

    private static FormatException Refuse(string what) => new(what);

    /// <summary>Reads one <c>[...]</c>. Sets within sets, POSIX names and intersections do not exist in .NET.</summary>
    private readonly ref struct CharacterClassReader(OnigurumaPattern pattern)
    {
        public void Read()
        {
            pattern.Take(1);
            if (Current == '^')
            {
                pattern.Take(1);
            }

            if (Current == ']')
            {
                throw Refuse("an empty [] or a ] at its front");
            }

            while (Current != ']')
            {
                Item();
            }

            pattern.Take(1);
        }

        private char Current => pattern._at < pattern._source.Length ? pattern._source[pattern._at] : throw Refuse("an unclosed [");

        private void Item()
        {
            if (Current == '[')
            {
                throw Refuse("[ inside [...]");
            }

            if (pattern._source.AsSpan(pattern._at).StartsWith("&&"))
            {
                throw Refuse("&& inside [...]");
            }

            var first = SingleValue();
            pattern.Character(inClass: true);
            var isRange = first is not null && pattern._source.AsSpan(pattern._at) is ['-', not ']', ..];
            if (!isRange)
            {
                return;
            }

            pattern.Take(1);
            var last = SingleValue() ?? throw Refuse("a range that ends in a class");
            if (last == '[')
            {
                throw Refuse("[ inside [...]");
            }

            RequireDistinct(first!.Value, last);
            pattern.Character(inClass: true);
        }

        /// <summary>The character at the cursor, or null if it is a class escape.</summary>
        private char? SingleValue()
        {
            if (Current != '\\')
            {
                return Current;
            }

            return KnownCharacter().Match(pattern._source, pattern._at) is { Success: true } escape ? ValueOf(escape.Value) : null;
        }
    }
}
