namespace CityTwin.Faults.Tests;

public sealed class CommandTests
{
    [Fact]
    public void One_seed_is_replayed_with_its_trace()
    {
        (int code, string output, _) = Run("--seed", "3");

        Assert.Equal(0, code);
        Assert.Contains("process 1 starts", output, StringComparison.Ordinal);
        Assert.Contains("Seed = 3, Failure = ,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_seeds_with_a_defect_name_those_that_caught_it()
    {
        (int code, string output, _) = Run("--seeds", "20", "--defect", "reply-before-commit");

        Assert.Equal(1, code);
        Assert.Contains("acknowledged at position", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seeds")]
    [InlineData("--seeds", "-1")]
    [InlineData("--defect", "none-such")]
    [InlineData("--speed", "3")]
    public void What_is_not_understood_is_said(params string[] args)
    {
        (int code, _, string errors) = Run(args);

        Assert.Equal(2, code);
        Assert.Contains($"'{args[0]}", errors, StringComparison.Ordinal);
        Assert.Contains("usage:", errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        int code = FaultCommand.Run(args, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
