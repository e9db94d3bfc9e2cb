using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Tests.Classification;

public sealed class FeedbackTrainerTests(ITestOutputHelper output)
{
    private static readonly string[] Lights = ["đèn đường tắt", "bóng đèn cháy", "cột đèn nghiêng", "trụ đèn hỏng", "đèn chiếu sáng không sáng"];
    private static readonly string[] Waste = ["rác chất đống", "rác bốc mùi", "thùng rác đầy", "đổ rác trộm", "xe gom rác không tới"];
    private static readonly string[] Noise = ["karaoke ồn ào", "loa kẹo kéo", "mở nhạc to", "hát khuya ồn", "quán nhậu ồn"];
    private static readonly string[] Places = ["ở hẻm nhỏ", "trước chợ", "gần trường", "đường Lê Lợi", "cạnh công viên", "xóm Bến", "sau chùa", "trong khu tập thể"];

    private static readonly TrainingOptions Quick = new() { Candidates = [FeatureSettings.Candidates[0]], PhraseNetworks = 1 };

    private static readonly FeedbackModel Shared = FeedbackTrainer.Train(Examples(), [], Quick);

    [Fact]
    public void A_model_learns_what_words_tell_apart_and_reads_it_without_diacritics()
    {
        FeedbackModel model = Shared;
        IReadOnlyList<Example> bare = [.. Examples().Select(e => e with { Text = Diacritics.Strip(e.Text) })];
        double written = HeadEvaluation.Of(model, Examples())[0].Summary.Accuracy;
        double stripped = HeadEvaluation.Of(model, bare)[0].Summary.Accuracy;
        output.WriteLine($"{written:P1} as written, {stripped:P1} without diacritics");
        Assert.True(written > 0.99);
        Assert.True(written - stripped <= 0.015);
    }

    [Fact]
    public void Equal_data_and_seed_make_equal_files()
    {
        Assert.Equal(Bytes(Shared), Bytes(FeedbackTrainer.Train(Examples(), [], Quick)));
    }

    [Fact]
    public void Other_data_have_another_fingerprint_and_name()
    {
        ModelCard one = Shared.Card;
        ModelCard other = FeedbackTrainer.Train([.. Examples(), new("đèn mờ", ["light", null])], [], Quick).Card;
        Assert.NotEqual(one.TrainingFingerprint, other.TrainingFingerprint);
        Assert.NotEqual(one.Name, other.Name);
    }

    [Fact]
    public void What_a_head_is_not_told_it_does_not_learn_from()
    {
        // Half of the examples say nothing of urgency; the other half tell it by one word.
        Example[] examples = [.. Examples().Select((e, i) => i % 2 == 0
            ? e with { Labels = [e.Labels[0], null] }
            : e with { Text = e.Text + (i % 4 == 1 ? " nguy hiểm" : " bình thản"), Labels = [e.Labels[0], i % 4 == 1 ? "high" : "normal"] })];
        FeedbackModel model = FeedbackTrainer.Train(examples, [], Quick);
        Assert.Equal("high", model.Predict("đèn đường tắt nguy hiểm").Answers[1].Label);
        Assert.Equal("normal", model.Predict("rác bốc mùi bình thản").Answers[1].Label);
    }

    [Fact]
    public void Prediction_allocates_nothing()
    {
        FeedbackModel model = Shared;
        Prediction prediction = model.NewPrediction();
        string[] texts = ["đèn đường tắt ở hẻm nhỏ", "chữ lạ chưa từng gặp bao giờ", "RAC CHAT DONG!!!", "ko bt j luôn á"];
        void Round()
        {
            foreach (string text in texts)
            {
                model.Predict(text, prediction);
            }
        }

        for (int i = 0; i < 50; i++)
        {
            Round();
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_text_without_a_word_goes_to_a_person() =>
        Assert.All(Shared.Predict("… 😀").Answers, a => Assert.True(a.Abstains));

    [Fact]
    public void The_words_that_decided_come_first_in_an_explanation()
    {
        FeedbackModel model = Shared;
        IReadOnlyList<Contribution> words = model.Explain("karaoke ồn ào trước chợ", 0, 3);
        Assert.Contains(words, w => w.Words.Contains("ồn", StringComparison.Ordinal) || w.Words.Contains("karaoke", StringComparison.Ordinal));
        Assert.Equal("karaoke ồn ào trước chợ"[words[0].Begin..words[0].End], words[0].Words);
        Assert.True(words[0].Weight > 0);
    }

    [Fact]
    public void One_label_is_too_few() =>
        Assert.Throws<ArgumentException>(() => FeedbackTrainer.Train([new("a", ["x"]), new("b", ["x"])], [], Quick));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_risk_target_out_of_range_is_refused(double risk) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FeedbackTrainer.Train(Examples(), [], Quick with { RiskTarget = risk }));

    internal static IReadOnlyList<Example> Examples() =>
    [
        .. Lights.SelectMany(l => Places.Select(p => new Example($"{l} {p}", ["light", "x"]))),
        .. Waste.SelectMany(w => Places.Select(p => new Example($"{w} {p}", ["waste", "y"]))),
        .. Noise.SelectMany(n => Places.Select(p => new Example($"{n} {p}", ["noise", "y"]))),
    ];

    internal static byte[] Bytes(FeedbackModel model)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        model.Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
