namespace CityTwin.Silo.Queries;

/// <summary>Goes over the words of a text without making strings of them: runs of letters and digits, small, each letter with its marks as one character.</summary>
/// <param name="text">The text.</param>
/// <param name="buffer">Room for one word: as long as the text.</param>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _buffer = buffer;
    private int _at;
    private int _length;

    /// <summary>The word at hand, valid until the next.</summary>
    public readonly ReadOnlySpan<char> Current => _buffer[.._length];

    /// <summary>Goes to the next word; false after the last.</summary>
    public bool MoveNext()
    {
        _length = 0;
        while (_at < _text.Length)
        {
            char small = char.ToLowerInvariant(_text[_at++]);
            if (char.IsLetterOrDigit(small))
            {
                _buffer[_length++] = small;
            }
            else if (VietnameseLetters.IsMark(small))
            {
                // A mark that joins no letter is left out; the word goes on.
                if (_length > 0 && VietnameseLetters.TryJoin(_buffer[_length - 1], small, out char joined))
                {
                    _buffer[_length - 1] = joined;
                }
            }
            else if (_length > 0)
            {
                return true;
            }
        }
        return _length > 0;
    }
}
