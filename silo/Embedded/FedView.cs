using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Embedded;

/// <summary>A view and how far it has been fed: kept from one run to the next, so that no event is fed twice, wherever a run ended.</summary>
internal sealed class FedView(IView view)
{
    /// <summary>The view.</summary>
    public IView View { get; } = view;

    /// <summary>The position of the last event that it took in.</summary>
    public long Position { get; private set; }

    /// <summary>Feeds an event, unless the view has it already.</summary>
    public void Apply(in RecordedEvent recorded)
    {
        if (recorded.Position > Position)
        {
            View.Apply(recorded);
            Position = recorded.Position;
        }
    }

    /// <summary>Takes up the form saved with a checkpoint, where the view is new and the form fits.</summary>
    public void Load(Checkpoint checkpoint)
    {
        if (Position == 0 && checkpoint.Views.TryGetValue(View.Name, out byte[]? saved) && View.Load(saved))
        {
            Position = checkpoint.Position;
        }
    }
}
