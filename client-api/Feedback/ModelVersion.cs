namespace CityTwin.ClientApi.Feedback;

/// <summary>A model that runs, ran or was turned down.</summary>
/// <param name="Name">Its name, as it stands on events.</param>
/// <param name="At">When it came, UTC.</param>
/// <param name="Texts">How many texts it learnt from.</param>
/// <param name="Corrections">How many of them were people's corrections.</param>
/// <param name="Accuracy">Its share of right categories on what was held back while it was trained, 0 to 1.</param>
/// <param name="Promoted">Whether it beat the model that ran before it, or began the city. Only such a model can run.</param>
/// <param name="Reason">Why it was taken or turned down.</param>
internal sealed record ModelVersion(string Name, DateTimeOffset At, int Texts, int Corrections, double Accuracy, bool Promoted, string Reason);

/// <summary>What the shelf keeps in its file.</summary>
/// <param name="Format">The file's format: 1.</param>
/// <param name="Begun">The name of the model that the city was started with last.</param>
/// <param name="Running">The name of the model that runs.</param>
/// <param name="LearntBytes">How long the file of corrections was when a model was trained last.</param>
/// <param name="Versions">All versions, oldest first.</param>
internal sealed record ShelfState(int Format, string Begun, string Running, long LearntBytes, ModelVersion[] Versions);
