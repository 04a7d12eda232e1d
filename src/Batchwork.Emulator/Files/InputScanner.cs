using System.Security.Cryptography;
using System.Text;

namespace Batchwork.Emulator.Files;

/// <summary>Looks at each line of an upload while it streams by, and keeps what a batch needs to know of it.</summary>
internal sealed class InputScanner
{
    private const int LongestLine = 32 << 20;
    private const int MostProblems = 100;
    private const int MostDifferent = 20;
    private readonly ILineReader _reader;
    private readonly int _mostRequests;
    private readonly LineSplitter _splitter;
    private readonly List<InputLine> _lines = [];
    private readonly HashSet<UInt128> _ids = [];
    private readonly List<InputProblem> _problems = [];
    private readonly Dictionary<string, int> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _flaky = [];
    private int _number;
    private int _requests;
    private long _pictures;
    private int _neverEnding;

    public InputScanner(ILineReader reader, int mostRequests)
    {
        _reader = reader;
        _mostRequests = mostRequests;
        _splitter = new LineSplitter(LongestLine, OnLine);
    }

    public IReadOnlyList<InputLine> Lines => _lines;

    public void Feed(ReadOnlySpan<byte> bytes) => _splitter.Feed(bytes);

    public InputSummary Finish()
    {
        _splitter.Finish();
        return new InputSummary
        {
            Requests = _requests,
            Pictures = _pictures,
            NeverEnding = _neverEnding,
            Problems = _problems,
            Models = [.. _models.Select(model => new FirstSeen(model.Key, model.Value))],
            Targets = [.. _targets.Select(target => new FirstSeen(target.Key, target.Value))],
            Flaky = _flaky,
        };
    }

    private void OnLine(ReadOnlySpan<byte> line, long offset, bool tooLong)
    {
        _number++;
        if (tooLong)
        {
            _requests++;
            Add(_reader.TooLong(_number));
            return;
        }

        // Blank lines count as lines, so that the numbers in messages are those of an editor, but not as requests.
        if (line.TrimEnd("\r \t"u8).IsEmpty)
        {
            return;
        }

        _requests++;
        if (_requests <= _mostRequests)
        {
            Take(_reader.Read(line, _number), offset, line.Length);
        }
    }

    private void Take(LineFacts facts, long offset, int length)
    {
        if (facts.Problem is { } problem)
        {
            Add(problem);
            return;
        }

        if (!_ids.Add(HashOf(facts.CustomId)) && _reader.Duplicate(facts.CustomId, _number) is { } duplicate)
        {
            Add(duplicate);
            return;
        }

        See(_models, facts.Model);
        See(_targets, facts.Target);
        if (facts.FlakyAs is { } name)
        {
            _flaky[_lines.Count] = name;
        }

        _pictures += facts.Pictures;
        _neverEnding += facts.Outcome == LineOutcome.NeverEnds ? 1 : 0;
        var pictures = (byte)Math.Clamp(facts.Pictures, 0, byte.MaxValue);
        _lines.Add(new InputLine(offset, length, facts.Outcome, pictures, 0, facts.InputTokens, facts.OutputTokens));
    }

    private void Add(InputProblem problem)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(problem);
        }
    }

    private void See(Dictionary<string, int> seen, string? value)
    {
        if (value is not null && seen.Count < MostDifferent)
        {
            seen.TryAdd(value, _number);
        }
    }

    // Ids may be long; 128 bits of them tell 50,000 apart with certainty enough.
    private static UInt128 HashOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
