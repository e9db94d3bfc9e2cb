using System.CommandLine;
using CityTwin.ClientApi.Hosting;
using CityTwin.Silo.Mqtt;

namespace CityTwin.ClientApi.Readings;

/// <summary><c>citytwin mqtt-password NAME</c>: a line for the file that <c>--mqtt-users</c> names.</summary>
/// <remarks>The password is read from standard input: on a command line other users of the machine could see it.</remarks>
internal static class MqttPasswordCommand
{
    private const int NameMax = 256;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> name = new("name") { Description = "The user's name, 1 to 256 characters without a comma." };
        Command command = new("mqtt-password", "Reads a password from standard input and prints a line for the file of --mqtt-users.") { name };
        command.SetAction(parsed => Run(parsed.GetValue(name)!, Console.In, Console.Out, Console.Error));
        return command;
    }

    /// <summary>Does it; 0, or 2 when name or password cannot be used.</summary>
    internal static int Run(string name, TextReader input, TextWriter output, TextWriter errors)
    {
        string? password = input.ReadLine();
        string? mistake = name.Trim().Length is 0 or > NameMax || name.Contains(',', StringComparison.Ordinal) ? $"name: expected 1 to {NameMax} characters without a comma"
            : string.IsNullOrEmpty(password) ? "expected the password on standard input, a line"
            : null;
        if (mistake is not null)
        {
            errors.WriteLine($"mqtt-password: {mistake}");
            return CommandLine.BadWords;
        }
        output.WriteLine($"{name.Trim()},{MqttUser.HashPassword(password!)}");
        return 0;
    }
}
