using CityTwin.Ml.Privacy;

namespace CityTwin.Ml.Tests.Privacy;

public sealed class MaskerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Gọi 0905 123 456 nhé", "Gọi [phone] nhé")]
    [InlineData("CCCD 046088001234, CMND 191234567", "CCCD [identity], CMND [identity]")]
    [InlineData("thư về lan.tran@gmail.com.", "thư về [email].")]
    [InlineData("xe 75F1-123.45 vượt đèn đỏ", "xe [plate] vượt đèn đỏ")]
    [InlineData("đường 30/4 ngập 20 cm lúc 7 giờ 30", "đường 30/4 ngập 20 cm lúc 7 giờ 30")]
    public void Private_passages_are_replaced_and_the_rest_stays(string text, string masked) =>
        Assert.Equal(masked, Masker.Mask(text));

    [Fact]
    public void The_written_set_is_masked_with_recall_of_98_and_precision_of_95_percent()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Privacy", "passages.txt"));
        Assert.True(lines.Length >= 500);
        MaskingScore score = MaskingScore.Of(lines);
        foreach (string miss in score.Misses)
        {
            output.WriteLine(miss);
        }
        output.WriteLine($"recall {score.Recall:P2} of {score.Wanted}, precision {score.Precision:P2} of {score.Given}");
        Assert.True(score.Recall >= 0.98, $"recall {score.Found}/{score.Wanted}");
        Assert.True(score.Precision >= 0.95, $"precision {score.Right}/{score.Given}");
    }
}
