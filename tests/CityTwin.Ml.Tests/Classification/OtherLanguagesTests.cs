using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Tests.Classification;

public sealed class OtherLanguagesTests(ITestOutputHelper output)
{
    private static readonly TrainingOptions Quick = new() { Candidates = [FeatureSettings.Candidates[0]], PhraseNetworks = 1 };

    private static readonly Dictionary<string, (string[] Light, string[] Waste, string[] Noise, string[] Places)> Told = new()
    {
        ["fr"] = (
            ["le réverbère est éteint", "la lampe ne s'éclaire plus", "plus d'éclairage la nuit", "ampoule grillée", "lampadaire cassé"],
            ["déchets éparpillés", "la poubelle déborde", "ordures jamais ramassées", "dépôt sauvage de matelas", "ça sent mauvais, égout bouché"],
            ["musique très forte", "chantier bruyant dès six heures", "les voisins crient", "fête jusqu'à l'aube", "tapage répété"],
            ["devant l'école", "près du marché", "rue de la Forêt", "à côté du théâtre", "au bout de l'allée", "place de la Liberté"]),
        ["en"] = (
            ["the street lamp is out", "no lighting at night", "broken lamp post", "the bulb keeps flickering", "pitch dark after sunset"],
            ["rubbish piled up", "the bin is overflowing", "nobody collects the waste", "someone dumped a mattress", "terrible smell from garbage"],
            ["loud music", "construction noise before dawn", "neighbours shouting", "karaoke until midnight", "barking dogs all night"],
            ["in front of the school", "near the market", "on Forest Road", "behind the theatre", "at the end of the lane", "by the park"]),
        ["pt"] = (
            ["o poste está apagado", "lâmpada queimada", "não há iluminação à noite", "luminária quebrada", "a luz não acende"],
            ["lixo espalhado no chão", "a lixeira está cheia", "ninguém recolhe os resíduos", "entulho e colchão jogados", "mau cheiro de esgoto"],
            ["música muito alta", "obra barulhenta de manhã", "vizinhos gritando", "festa até o amanhecer", "cães latindo a noite toda"],
            ["em frente à escola", "perto do mercado", "na rua da Conceição", "atrás da estação", "no fim da praça", "junto à igreja"]),
    };

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    [InlineData("pt")]
    public void Messages_of_another_language_are_learnt_and_read_with_and_without_accents(string language)
    {
        Example[] all = [.. Examples(language)];
        // Every place and every matter is learnt from, no message twice: a sixth of the combinations is kept to judge by.
        Example[] learnt = [.. all.Where((_, i) => i % 7 != 3)];
        Example[] kept = [.. all.Where((_, i) => i % 7 == 3)];
        FeedbackModel model = FeedbackTrainer.Train(learnt, [], Quick);
        double written = HeadEvaluation.Of(model, kept)[0].Summary.Accuracy;
        double bare = HeadEvaluation.Of(model, [.. kept.Select(e => e with { Text = Diacritics.Strip(e.Text) })])[0].Summary.Accuracy;
        output.WriteLine($"{language}: {written:P1} as written, {bare:P1} without accents");
        Assert.Equal(1, written);
        Assert.Equal(1, bare);
        Assert.All(all, e => Assert.Equal(language, LanguageIdentifier.Identify(e.Text + ", " + Courtesy(language)).Language));
    }

    private static IEnumerable<Example> Examples(string language)
    {
        (string[] light, string[] waste, string[] noise, string[] places) = Told[language];
        (string Label, string[] Matters)[] heads = [("light", light), ("waste", waste), ("noise", noise)];
        return heads.SelectMany(h => h.Matters.SelectMany(m => places.Select(p => new Example($"{m} {p}", [h.Label]))));
    }

    private static string Courtesy(string language) => language switch
    {
        "fr" => "merci de faire quelque chose pour nous",
        "en" => "please do something about this for us",
        _ => "por favor, façam alguma coisa para nós, isso não pode mais",
    };
}
