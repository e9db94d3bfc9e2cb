using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>The way into a city of the same process: intents become commands to twins.</summary>
/// <param name="port">What runs the twins.</param>
/// <param name="board">Reads the board; asked only for the check at the end.</param>
public sealed class TurnDoor(ICommandPort port, Func<ValueTask<IReadOnlyList<OfficeAccount>>> board) : ICityDoor
{
    private SentCommand[] _commands = new SentCommand[1024];
    private CommandAnswer[] _answers = new CommandAnswer[1024];

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop) => port.ReachAsync(at, stop);

    /// <inheritdoc/>
    public async ValueTask PlayAsync(ReadOnlyMemory<Intent> intents, Memory<Outcome> outcomes)
    {
        int count = intents.Length;
        if (_commands.Length < count)
        {
            _commands = new SentCommand[Math.Max(count, _commands.Length * 2)];
            _answers = new CommandAnswer[_commands.Length];
        }
        for (int i = 0; i < count; i++)
        {
            ref readonly Intent intent = ref intents.Span[i];
            TwinId target = intent.Kind == IntentKind.TakeNext ? intent.Desk : intent.Case;
            _commands[i] = new SentCommand(target, CommandOf(in intent), intent.Id);
        }
        await port.SendAsync(_commands.AsMemory(0, count), _answers.AsMemory(0, count)).ConfigureAwait(false);
        for (int i = 0; i < count; i++)
        {
            // An answer can be given with a batch that ends amid what follows; a reading comes after all of it.
            if (_answers[i] is { Stands: true, State: CaseState { Stage: CaseStage.Received } })
            {
                TwinState settled = await port.ReadAsync(intents.Span[i].Case).ConfigureAwait(false);
                _answers[i] = _answers[i] with { State = settled };
            }
            outcomes.Span[i] = OutcomeOf(in intents.Span[i], in _answers[i]);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CaseAccount?> CaseAsync(TwinId id)
    {
        IReadOnlyList<TwinEvent> events = await port.HistoryAsync(id).ConfigureAwait(false);
        if (events.Count == 0)
        {
            return null;
        }
        var account = default(CaseAccount);
        foreach (TwinEvent happened in events)
        {
            account.Fold((CaseEvent)happened);
        }
        return account;
    }

    /// <inheritdoc/>
    public async ValueTask CasesAsync(ReadOnlyMemory<TwinId> ids, Memory<CaseAccount?> accounts)
    {
        var readings = new Task<CaseAccount?>[ids.Length];
        for (int i = 0; i < readings.Length; i++)
        {
            readings[i] = CaseAsync(ids.Span[i]).AsTask();
        }
        for (int i = 0; i < readings.Length; i++)
        {
            CaseAccount? account = await readings[i].ConfigureAwait(false);
            accounts.Span[i] = account;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OfficeAccount>> BoardAsync() => board();

    private static TwinCommand CommandOf(in Intent i) => i.Kind switch
    {
        IntentKind.FileDossier => new CaseCommand.FileDossier(i.Service!, i.Commune, i.Citizen, i.Channel, i.Documents),
        IntentKind.FileFeedback => new CaseCommand.FileFeedback(i.Service!, i.Commune, i.Citizen, i.Channel, i.Text!, i.Place),
        IntentKind.Answer => new CaseCommand.Answer(i.Documents, i.Text),
        IntentKind.Withdraw => new CaseCommand.Withdraw(i.Text),
        IntentKind.TakeNext => new DeskCommand.TakeNext(i.Official),
        IntentKind.Ask => new CaseCommand.AskCitizen(i.Official, i.Documents, i.Text),
        IntentKind.Escalate => new CaseCommand.Escalate(i.Official, i.Text!),
        IntentKind.SendBack => new CaseCommand.SendBack(i.Official, i.Text!),
        IntentKind.Resolve => new CaseCommand.Resolve(i.Official),
        IntentKind.Reject => new CaseCommand.Reject(i.Official, i.Text!),
        IntentKind.Return => new CaseCommand.ReturnResult(),
        IntentKind.Rate => new CaseCommand.Rate(i.Score),
        IntentKind.Close => new CaseCommand.Close(),
        _ => new CaseCommand.Reopen(i.Text!),
    };

    private static Outcome OutcomeOf(in Intent intent, in CommandAnswer answer)
    {
        if (!answer.Stands)
        {
            return Outcome.Refused(answer.Refusal);
        }
        if (intent.Kind != IntentKind.TakeNext)
        {
            return answer.State is CaseState state ? Outcome.Of(intent.Case, state) : Outcome.Refused(Refusal.CaseNotFiled);
        }
        foreach (TwinEvent happened in answer.Events)
        {
            if (happened is DeskEvent.CaseTaken taken)
            {
                return Outcome.Taken(taken.Case);
            }
        }
        return Outcome.Refused(Refusal.DeskEmpty);
    }
}
