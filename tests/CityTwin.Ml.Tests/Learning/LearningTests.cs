using CityTwin.Ml.Classification;
using CityTwin.Ml.Learning;
using CityTwin.Ml.Seed;
using CityTwin.Ml.Tests.Classification;

namespace CityTwin.Ml.Tests.Learning;

public sealed class LearningTests
{
    private static readonly TrainingOptions Quick = new() { Candidates = [FeatureSettings.Candidates[0]], PhraseNetworks = 1 };
    private static readonly FeedbackModel Model = SeedModel.Load();
    private static readonly FeedbackModel Trained = FeedbackTrainer.Train(FeedbackTrainerTests.Examples(), [], Quick);

    [Fact]
    public void Usual_messages_raise_no_alarm_and_a_flood_of_one_kind_does()
    {
        string[] usual = [.. SeedTexts.Train().Select(e => e.Text)];
        DriftMonitor monitor = new(Model, usual, new() { Window = 600 });
        foreach (string text in usual.Where((_, i) => i % 5 == 0))
        {
            monitor.Observe(text, Model.Predict(text));
        }
        DriftReport calm = monitor.Report();
        Assert.False(calm.Alarm, $"words {calm.WordIndex:0.000}, labels {calm.LabelIndex:0.000}");
        for (int i = 0; i < 600; i++)
        {
            string text = $"đường {i} ngập sâu, nước tràn vào nhà";
            monitor.Observe(text, Model.Predict(text));
        }
        DriftReport flooded = monitor.Report();
        Assert.True(flooded.Alarm);
        Assert.Equal(600, flooded.Messages);
        Assert.True(flooded.LabelIndex > calm.LabelIndex);
    }

    [Fact]
    public void A_few_messages_raise_no_alarm()
    {
        DriftMonitor monitor = new(Model, ["rác"], new());
        monitor.Observe("ngập", Model.Predict("ngập"));
        Assert.False(monitor.Report().Alarm);
    }

    [Fact]
    public void The_least_certain_message_is_labelled_first_and_its_like_only_once()
    {
        LabellingQueue queue = new(3);
        Assert.True(queue.Offer("sure", "karaoke ồn ào loa kẹo kéo mở nhạc to", Model.Predict("karaoke ồn ào loa kẹo kéo mở nhạc to")));
        Assert.True(queue.Offer("strange", "xyzzy plugh foobar", Model.Predict("xyzzy plugh foobar")));
        Assert.False(queue.Offer("again", "xyzzy plugh foobar", Model.Predict("xyzzy plugh foobar")));
        IReadOnlyList<LabellingCandidate> taken = queue.Take(5);
        Assert.Equal(["strange", "sure"], taken.Select(t => t.Case));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void A_full_queue_keeps_the_more_useful()
    {
        LabellingQueue queue = new(1);
        Assert.True(queue.Offer("sure", "karaoke ồn ào loa kẹo kéo mở nhạc to", Model.Predict("karaoke ồn ào loa kẹo kéo mở nhạc to")));
        Assert.True(queue.Offer("strange", "xyzzy plugh foobar", Model.Predict("xyzzy plugh foobar")));
        Assert.False(queue.Offer("sure too", "rác chất đống bốc mùi hôi thối", Model.Predict("rác chất đống bốc mùi hôi thối")));
        Assert.Equal("strange", Assert.Single(queue.Take(1)).Case);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabellingQueue(0));
    }

    [Fact]
    public void A_model_takes_over_only_if_it_is_better_on_what_neither_learnt_from()
    {
        Example[] all = [.. FeedbackTrainerTests.Examples()];
        Example[] held = [.. all.Where((_, i) => i % 3 == 0)];
        Example[] rest = [.. all.Where((_, i) => i % 3 != 0)];
        FeedbackModel good = FeedbackTrainer.Train(rest, [], Quick);
        FeedbackModel poor = FeedbackTrainer.Train([.. rest.Take(rest.Length / 2)], [], Quick);
        Assert.True(Promotion.Decide(poor, good, held).Promote);
        Assert.False(Promotion.Decide(good, poor, held).Promote);
        PromotionDecision same = Promotion.Decide(good, good, held);
        Assert.False(same.Promote);
        Assert.Equal(1, same.Doubt);
    }

    [Fact]
    public void Of_two_corrections_of_one_text_the_last_stands_and_half_a_line_does_not_count()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Empty(CorrectionFile.Read(path));
        CorrectionFile.Append(path, "đèn tắt", "noise", null, null);
        CorrectionFile.Append(path, "đèn tắt", "street-lighting", "city", "normal");
        File.AppendAllText(path, "noise\t\t\tbị cắt ng");
        Assert.Equal("street-lighting", Assert.Single(CorrectionFile.Read(path)).Labels[0]);
        CorrectionFile.Append(path, "ồn", "noise", null, null);
        Assert.Equal(["đèn tắt", "ồn"], CorrectionFile.Read(path).Select(e => e.Text));
        File.Delete(path);
    }

    [Fact]
    public void What_a_citizen_wrote_is_taken_out_wherever_it_stands_and_nothing_else_is()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Equal(0, CorrectionFile.Remove(path, "citizen/1"));
        CorrectionFile.Append(path, "từ hồi trước", "noise", null, null);
        CorrectionFile.Append(path, "đèn tắt", "noise", null, null, "case/1 of citizen/1");
        CorrectionFile.Append(path, "rác đầy", "waste", null, null, "case/2 of citizen/11");
        CorrectionFile.Append(path, "ồn quá", "noise", null, null, "case/3");
        CorrectionFile.Append(path, "đèn tắt", "street-lighting", "city", null, "case/4 of citizen/2");
        Assert.Equal(4, CorrectionFile.Read(path).Count);
        Assert.Equal(2, CorrectionFile.Remove(path, "citizen/1"));
        Assert.DoesNotContain("đèn", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(1, CorrectionFile.Remove(path, "case/3"));
        Assert.Equal(0, CorrectionFile.Remove(path, "case/3"));
        Assert.Equal(["từ hồi trước", "rác đầy"], CorrectionFile.Read(path).Select(e => e.Text));
        CorrectionFile.Append(path, "ngập", "flood", null, null, "case/5");
        Assert.Equal("ngập", LabelledTextFile.Read(path)[^1].Text);
        File.Delete(path);
    }

    [Fact]
    public void Retraining_learns_three_corrections_in_four_and_is_judged_by_the_fourth()
    {
        Example[] first = [.. FeedbackTrainerTests.Examples()];
        string wrong = Trained.Predict("lỗi zeta số 999").Answers[0].Label;
        string right = Trained.Heads[0].Labels.First(l => l != wrong);
        Example[] corrections = [.. Enumerable.Range(0, 60).Select(i => new Example($"lỗi zeta số {i} khu {i * 7}", [right, null]))];
        RetrainingResult result = Retraining.Run(Trained, first, [.. first.Take(20)], corrections, [], 1);
        Assert.Equal((60, true), (result.Learnt + result.HeldBack, result.HeldBack > 5));
        Assert.Equal(first.Length + result.Learnt, result.Candidate.Card.TrainingTexts);
        Assert.True(result.Decision.Promote, result.Decision.Reason);
        Assert.Equal(right, result.Candidate.Predict("lỗi zeta số 999").Answers[0].Label);
        RetrainingResult again = Retraining.Run(result.Candidate, first, [.. first.Take(20)], corrections, [], 1);
        Assert.False(again.Decision.Promote);
        Assert.Equal(result.Candidate.Card.Name, again.Candidate.Card.Name);
    }

    [Fact]
    public void A_correction_is_masked_and_becomes_an_example_that_changes_the_next_model()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        for (int i = 0; i < 12; i++)
        {
            CorrectionFile.Append(path, $"lỗi zeta {i} gọi 0905123456\nnhé", "noise", null, "high");
        }
        IReadOnlyList<Example> corrections = LabelledTextFile.Read(path);
        File.Delete(path);
        Assert.Equal("lỗi zeta 0 gọi [phone] nhé", corrections[0].Text);
        Prediction before = Trained.Predict("lỗi zeta 5");
        Prediction after = FeedbackTrainer.Train([.. FeedbackTrainerTests.Examples(), .. corrections], [], Quick).Predict("lỗi zeta 5");
        int noise = before.Answers[0].Head.IndexOf("noise");
        Assert.Equal("noise", after.Answers[0].Label);
        Assert.True(after.Answers[0].Probability > before.Answers[0].Probabilities[noise]);
        Assert.Throws<ArgumentException>(() => CorrectionFile.Append(path, "x", "a\tb", null, null));
    }
}
