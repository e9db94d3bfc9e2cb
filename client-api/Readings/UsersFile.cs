using CityTwin.Silo.Mqtt;

namespace CityTwin.ClientApi.Readings;

/// <summary>The file of MQTT users: a line each, name and password hash.</summary>
internal static class UsersFile
{
    /// <summary>Reads it; what is wrong is added to the mistakes with its line.</summary>
    public static List<MqttUser> Read(string path, List<string> mistakes)
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
            if (parts is [{ Length: > 0 } name, { Length: > 0 } hash] && MqttUser.IsHash(hash))
            {
                users.Add(new MqttUser { Name = name, PasswordHash = hash });
            }
            else if (line.Trim().Length > 0)
            {
                mistakes.Add($"{path}:{number}: expected name,password hash: a line that citytwin mqtt-password printed");
            }
        }
        return users;
    }
}
