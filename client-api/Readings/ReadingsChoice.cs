using System.Net;
using CityTwin.ClientApi.Hosting;
using CityTwin.Silo;
using CityTwin.Silo.Mqtt;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Readings;

/// <summary>How the program takes sensor readings: the options <c>--mqtt</c>, <c>--mqtt-users</c> and <c>--mqtt-register</c>.</summary>
/// <param name="Endpoint">Where MQTT listens.</param>
/// <param name="Users">Who may connect; none: everybody on this machine.</param>
/// <param name="RegisterOnFirstMessage">Whether a first reading registers its sensor.</param>
internal sealed record ReadingsChoice(IPEndPoint Endpoint, IReadOnlyList<MqttUser> Users, bool RegisterOnFirstMessage)
{
    /// <summary>Reads the options; null when <c>--mqtt</c> is not given or something is wrong, which is added to the mistakes.</summary>
    public static ReadingsChoice? Read(string? address, string? usersFile, bool register, List<string> mistakes)
    {
        if (address is null)
        {
            if (usersFile is not null || register)
            {
                mistakes.Add("--mqtt-users, --mqtt-register: they go with --mqtt");
            }
            return null;
        }
        if (!IPEndPoint.TryParse(address, out IPEndPoint? endpoint) || endpoint.Port == 0)
        {
            mistakes.Add($"--mqtt: '{address}' is no address, expected one as 127.0.0.1:1883");
            return null;
        }
        List<MqttUser> users = usersFile is null ? [] : ReadUsers(usersFile, mistakes);
        if (users.Count == 0 && !IPAddress.IsLoopback(endpoint.Address))
        {
            mistakes.Add($"--mqtt: '{address}' can be reached from other machines; name the users with --mqtt-users first");
        }
        return new ReadingsChoice(endpoint, users, register);
    }

    /// <summary>Adds the ingest of readings and the MQTT endpoint.</summary>
    public void AddTo(IServiceCollection services, ICityRuntime runtime, ServeOptions options, SensorDirectory directory)
    {
        bool isFile = !options.Journal.Contains('=', StringComparison.Ordinal) && !options.Journal.Contains("://", StringComparison.Ordinal);
        services.AddSingleton(runtime);
        services.AddCityTwinSensors(o =>
        {
            o.Path = isFile ? Path.ChangeExtension(options.Journal, ".readings.db") : Path.Combine("data", $"{options.City.Slug}.readings.db");
            o.City = (int)options.City.Id.Number;
            o.RegisterOnFirstMessage = RegisterOnFirstMessage;
        });
        // The directory is fed with the other views since the city was opened: that one, not a new one.
        services.AddSingleton(directory);
        services.AddCityTwinMqtt(o =>
        {
            o.Endpoint = Endpoint;
            o.AllowAnonymous = Users.Count == 0;
            foreach (MqttUser user in Users)
            {
                o.Users.Add(user);
            }
        });
    }

    private static List<MqttUser> ReadUsers(string path, List<string> mistakes)
    {
        List<MqttUser> users = [];
        if (!File.Exists(path))
        {
            mistakes.Add($"--mqtt-users: there is no file '{path}'");
            return users;
        }
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] parts = line.Split(',', 2, StringSplitOptions.TrimEntries);
            if (parts is [{ Length: > 0 } name, { Length: > 0 } hash])
            {
                users.Add(new MqttUser { Name = name, PasswordHash = hash });
            }
            else if (line.Trim().Length > 0)
            {
                mistakes.Add($"{path}:{number}: expected name,password hash");
            }
        }
        return users;
    }
}
