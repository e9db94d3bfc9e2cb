using CityTwin.Ml.Classification;
using CityTwin.Ml.Seed;
using Orleans;
using Orleans.Concurrency;

namespace CityTwin.Cluster.Workers;

/// <summary>Classifies citizens' messages. Stateless: every silo has its own workers, so a call never leaves the node.</summary>
public interface IClassifierGrain : IGrainWithIntegerKey
{
    /// <summary>Answers every head of the model: category, level, urgency.</summary>
    Task<Classification[]> Classify(string text);
}

/// <summary>One head's answer.</summary>
/// <param name="Head">Which question.</param>
/// <param name="Label">The answer.</param>
/// <param name="Probability">How sure, calibrated; 0 to 1.</param>
/// <param name="Abstains">Whether a person is to look at it.</param>
[GenerateSerializer, Immutable]
public sealed record Classification(
    [property: Id(0)] string Head, [property: Id(1)] string Label, [property: Id(2)] float Probability, [property: Id(3)] bool Abstains);

/// <summary>A worker with room of its own for answers.</summary>
[StatelessWorker]
public sealed class ClassifierGrain : Grain, IClassifierGrain
{
    private readonly FeedbackModel _model = SeedModel.Load();
    private readonly Prediction _room = SeedModel.Load().NewPrediction();

    /// <inheritdoc/>
    public Task<Classification[]> Classify(string text)
    {
        _model.Predict(text, _room);
        return Task.FromResult(_room.Answers.Select(a => new Classification(a.Head.Name, a.Label, a.Probability, a.Abstains)).ToArray());
    }
}
