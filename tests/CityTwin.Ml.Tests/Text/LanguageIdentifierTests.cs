using CityTwin.Ml.Text;

namespace CityTwin.Ml.Tests.Text;

public sealed class LanguageIdentifierTests
{
    [Theory]
    [InlineData("Đường trước nhà tôi ngập nước cả tuần nay", "vi")]
    [InlineData("duong truoc nha toi ngap nuoc ca tuan nay khong ai xu ly", "vi")]
    [InlineData("The street in front of my house has been flooded all week", "en")]
    [InlineData("La rue devant ma maison est inondée depuis une semaine", "fr")]
    [InlineData("A rua em frente da minha casa está alagada há uma semana", "pt")]
    [InlineData("Il y a des déchets partout dans notre quartier", "fr")]
    [InlineData("O lixo não é recolhido na minha rua", "pt")]
    [InlineData("Please fix the light, it is dark at night", "en")]
    [InlineData("đèn hẻm hư", "vi")]
    [InlineData("12345 !!!", "und")]
    [InlineData("rac do day ra duong hoi thoi qua", "vi")]
    [InlineData("ngap nuoc", "vi")]
    [InlineData("les poubelles de la rue debordent depuis hier", "fr")]
    [InlineData("Le lampadaire est cassé", "fr")]
    [InlineData("Bonjour, qui ramasse les encombrants ?", "fr")]
    [InlineData("ha muito barulho na praca a noite, nao consigo dormir", "pt")]
    [InlineData("Boa tarde, a lâmpada da rua está queimada", "pt")]
    [InlineData("Garbage truck did not come this week", "en")]
    [InlineData("Loud karaoke from the bar, we can not sleep", "en")]
    public void The_language_of_a_message_is_told(string text, string language) =>
        Assert.Equal(language, LanguageIdentifier.Identify(text).Language);
}
