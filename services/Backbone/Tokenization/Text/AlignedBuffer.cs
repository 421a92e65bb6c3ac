namespace Strata.Backbone.Tokenization.Text;

/// <summary>A growing run of UTF-16 units, each with the original range it came from. Both halves of a pair carry the range of the
/// pair.</summary>
internal sealed class AlignedBuffer
{
    private int[] _starts = [];
    private int[] _ends = [];
    private int _shift;
    private bool _isShift = true;

    public char[] Chars { get; private set; } = new char[256];

    public int Length { get; private set; }

    /// <summary>Empties the buffer; units appended in step with the original need no arrays.</summary>
    public void Clear(int shift)
    {
        Length = 0;
        _shift = shift;
        _isShift = true;
    }

    public int StartOf(int index)
    {
        if (!_isShift)
        {
            return _starts[index];
        }

        return _shift + (IsSecondHalf(index) ? index - 1 : index);
    }

    public int EndOf(int index)
    {
        if (!_isShift)
        {
            return _ends[index];
        }

        return _shift + index + (char.IsHighSurrogate(Chars[index]) && IsSecondHalf(index + 1) ? 2 : 1);
    }

    /// <summary>Appends one code point that came from the original range given.</summary>
    public void Append(int codePoint, int start, int end)
    {
        Reserve(2);
        var inStep = _isShift && start == _shift + Length;
        if (codePoint <= char.MaxValue)
        {
            if (!inStep || end != start + 1)
            {
                KeepAlignments();
            }

            AppendUnit((char)codePoint, start, end);
            return;
        }

        if (!inStep || end != start + 2)
        {
            KeepAlignments();
        }

        codePoint -= 0x10000;
        AppendUnit((char)(0xD800 + (codePoint >> 10)), start, end);
        AppendUnit((char)(0xDC00 + (codePoint & 0x3FF)), start, end);
    }

    /// <summary>Appends a part of the original that begins at <paramref name="origin"/>.</summary>
    public void AppendShifted(ReadOnlySpan<char> text, int origin)
    {
        Reserve(text.Length);
        if (_isShift && Length == 0)
        {
            _shift = origin;
        }
        else if (!_isShift || origin != _shift + Length)
        {
            throw new InvalidOperationException("A shifted run must continue the text.");
        }

        text.CopyTo(Chars.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends a part of another buffer with its alignment.</summary>
    public void AppendAligned(AlignedBuffer other, int from, int to)
    {
        Reserve(to - from);
        if (_isShift && (!other._isShift || other._shift + from != _shift + Length))
        {
            if (Length == 0 && other._isShift)
            {
                _shift = other._shift + from;
            }
            else
            {
                KeepAlignments();
            }
        }

        if (!_isShift)
        {
            ReserveAlignments();
            for (var i = from; i < to; i++)
            {
                _starts[Length + i - from] = other.StartOf(i);
                _ends[Length + i - from] = other.EndOf(i);
            }
        }

        other.Chars.AsSpan(from, to - from).CopyTo(Chars.AsSpan(Length));
        Length += to - from;
    }

    private bool IsSecondHalf(int index) =>
        index > 0 && index < Length && char.IsLowSurrogate(Chars[index]) && char.IsHighSurrogate(Chars[index - 1]);

    private void AppendUnit(char unit, int start, int end)
    {
        Chars[Length] = unit;
        if (!_isShift)
        {
            _starts[Length] = start;
            _ends[Length] = end;
        }

        Length++;
    }

    private void KeepAlignments()
    {
        if (!_isShift)
        {
            return;
        }

        ReserveAlignments();
        for (var i = 0; i < Length; i++)
        {
            _starts[i] = StartOf(i);
            _ends[i] = EndOf(i);
        }

        _isShift = false;
    }

    private void Reserve(int count)
    {
        if (Length + count > Chars.Length)
        {
            var grown = new char[Math.Max(Length + count, Chars.Length * 2)];
            Chars.AsSpan(0, Length).CopyTo(grown);
            Chars = grown;
        }

        if (!_isShift)
        {
            ReserveAlignments();
        }
    }

    private void ReserveAlignments()
    {
        if (_starts.Length < Chars.Length)
        {
            Array.Resize(ref _starts, Chars.Length);
            Array.Resize(ref _ends, Chars.Length);
        }
    }
}
