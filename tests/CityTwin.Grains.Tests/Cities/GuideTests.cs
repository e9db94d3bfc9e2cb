namespace CityTwin.Grains.Tests.Cities;

public class GuideTests
{
    [Fact]
    public void The_listing_in_the_guide_is_what_one_gets()
    {
        Dictionary<string, string> files = BundledCities.Files("hue").ToDictionary();
        Change(files, "categories.csv", ",0.428,", ",0.248,");
        Change(files, "categories.csv", "commune,flood,", "commune,floods,");
        Change(files, "communes.csv", "ward,19774", "wards,19774");
        Change(files, "communes.csv", ",49684,", ",49.684,");
        Change(files, "holidays.csv", "2026-02-18", "2026-02-30");
        Change(files, "services.csv", "15:00,original-document", "3pm,orignal-document");
        Change(files, "services.csv", "civil-status,Đăng ký kết hôn", "civil-statu,Đăng ký kết hôn");
        Assert.Contains($"```\n{CityFolder.Parse("hue", files)}\n```", Guide());
    }

    [Fact]
    public void The_guide_names_every_file() => Assert.All(CityFolder.FileNames, f => Assert.Contains($"### {f}", Guide()));

    private static void Change(Dictionary<string, string> files, string file, string old, string replacement)
    {
        Assert.Contains(old, files[file]);
        files[file] = files[file].Replace(old, replacement);
    }

    private static string Guide()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CityTwin.sln")))
        {
            folder = folder.Parent;
        }
        return File.ReadAllText(Path.Combine(folder!.FullName, "docs", "cities.md"));
    }
}
