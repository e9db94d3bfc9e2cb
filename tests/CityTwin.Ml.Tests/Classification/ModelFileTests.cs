using CityTwin.Ml.Classification;
using CityTwin.Ml.Seed;

namespace CityTwin.Ml.Tests.Classification;

public sealed class ModelFileTests
{
    [Fact]
    public void A_stored_model_answers_as_before()
    {
        FeedbackModel model = SeedModel.Load();
        FeedbackModel again = FeedbackModel.Load(new MemoryStream(FeedbackTrainerTests.Bytes(model)));
        Assert.Equal(model.Card.Name, again.Card.Name);
        foreach (Example example in SeedTexts.Test())
        {
            Prediction one = model.Predict(example.Text);
            Prediction other = again.Predict(example.Text);
            Assert.All(one.Answers.Zip(other.Answers), a => Assert.Equal(a.First.Probabilities, a.Second.Probabilities));
        }
    }

    [Theory]
    [InlineData(0, "Not a CityTwin model file")]
    [InlineData(4, "version")]
    [InlineData(20, "damaged")]
    [InlineData(5000, "damaged")]
    public void A_changed_byte_is_found(int place, string message)
    {
        byte[] bytes = FeedbackTrainerTests.Bytes(SeedModel.Load());
        bytes[place] ^= 0x40;
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => FeedbackModel.Load(new MemoryStream(bytes)));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_is_found()
    {
        byte[] bytes = FeedbackTrainerTests.Bytes(SeedModel.Load());
        Assert.Throws<InvalidDataException>(() => FeedbackModel.Load(new MemoryStream(bytes[..(bytes.Length / 2)])));
        Assert.Throws<InvalidDataException>(() => FeedbackModel.Load(new MemoryStream(bytes[..10])));
    }

    [Fact]
    public void The_file_is_under_20_megabytes() =>
        Assert.True(FeedbackTrainerTests.Bytes(SeedModel.Load()).Length < 20_000_000);
}
