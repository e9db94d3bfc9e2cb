using System.Text;

namespace CityTwin.Grains.Cities;

/// <summary>One cell and where its content begins, both counted from 1.</summary>
internal readonly record struct Cell(string Text, int Line, int Column);

/// <summary>Splits comma-separated text as RFC 4180 describes it.</summary>
/// <remarks>LF, CRLF and CR end lines; a byte order mark is skipped, and so are lines with nothing on them.</remarks>
internal sealed class Csv
{
    private const int TextMax = 16_000_000;
    private const int RecordsMax = 20_000;
    private readonly string _file;
    private readonly string _text;
    private readonly MistakeList _mistakes;
    private readonly StringBuilder _quoted = new();
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private Csv(string file, string text, MistakeList mistakes)
    {
        _file = file;
        _text = text;
        _mistakes = mistakes;
        _at = _lineStart = text.StartsWith('\uFEFF') ? 1 : 0;
    }

    private int Column => _at - _lineStart + 1;

    /// <summary>The records in order. Reading ends at the first mistake that makes the rest guesswork.</summary>
    public static List<Cell[]> Split(string file, string text, MistakeList mistakes)
    {
        if (text.Length > TextMax)
        {
            mistakes.Add(file, 1, 1, $"{text.Length} characters", $"at most {TextMax}");
            return [];
        }
        return new Csv(file, text, mistakes).Records();
    }

    private List<Cell[]> Records()
    {
        List<Cell[]> records = [];
        List<Cell> cells = [];
        while (_at < _text.Length)
        {
            if (records.Count > RecordsMax)
            {
                _mistakes.Add(_file, _line, 1, "one record more", $"at most {RecordsMax}");
                break;
            }
            if (EndsLine())
            {
                continue;
            }
            cells.Clear();
            if (!Record(cells))
            {
                break;
            }
            records.Add([.. cells]);
        }
        return records;
    }

    private bool Record(List<Cell> cells)
    {
        while (true)
        {
            Cell? cell = _at < _text.Length && _text[_at] == '"' ? Quoted() : Plain();
            if (cell is not { } read)
            {
                return false;
            }
            cells.Add(read);
            if (_at >= _text.Length || EndsLine())
            {
                return true;
            }
            if (_text[_at] != ',')
            {
                _mistakes.Add(_file, _line, Column, MistakeList.Quote(_text[_at].ToString()), "a comma or the line's end after a closing quote");
                return false;
            }
            _at++;
        }
    }

    private Cell? Plain()
    {
        int start = _at;
        int column = Column;
        while (_at < _text.Length && _text[_at] is not (',' or '\r' or '\n'))
        {
            if (_text[_at] == '"')
            {
                _mistakes.Add(_file, _line, Column, "a quote inside a cell", "the whole cell in quotes, and quotes in it doubled");
                return null;
            }
            _at++;
        }
        return new Cell(_text[start.._at], _line, column);
    }

    private Cell? Quoted()
    {
        (int line, int column) = (_line, Column);
        _quoted.Clear();
        _at++;
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c == '"')
            {
                _at++;
                if (_at >= _text.Length || _text[_at] != '"')
                {
                    return new Cell(_quoted.ToString(), line, column + 1);
                }
                _at++;
            }
            else if (EndsLine())
            {
                _quoted.Append('\n');
                continue;
            }
            else
            {
                _at++;
            }
            _quoted.Append(c);
        }
        _mistakes.Add(_file, line, column, "a quote that is never closed", "a closing quote");
        return null;
    }

    private bool EndsLine()
    {
        if (_text[_at] is not ('\r' or '\n'))
        {
            return false;
        }
        bool pair = _text[_at] == '\r' && _at + 1 < _text.Length && _text[_at + 1] == '\n';
        _at += pair ? 2 : 1;
        _line++;
        _lineStart = _at;
        return true;
    }
}
