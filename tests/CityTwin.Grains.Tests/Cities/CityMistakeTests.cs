namespace CityTwin.Grains.Tests.Cities;

public class CityMistakeTests
{
    [Theory]
    [InlineData("city.csv", "population,3000", "population,3000x", "city.csv:5:12: found '3000x', expected a whole number from 1 to 100000000")]
    [InlineData("city.csv", "population,3000", "population,4000", "city.csv:5:12: found '4000', expected the sum of communes.csv, 3000, give or take 1 %")]
    [InlineData("city.csv", "in_hand_max", "in_hand_mx", "city.csv:6:1: found 'in_hand_mx', expected one of *(nearest: 'in_hand_max')")]
    [InlineData("city.csv", "in_hand_max,7", "code,46", "city.csv:6:1: found 'code' again, expected each key once")]
    [InlineData("city.csv", "name_en,Town\n", "", "city.csv:1:1: found no key 'name_en', expected the keys *")]
    [InlineData("city.csv", "in_hand_max,7", "in_hand_max,0", "city.csv:6:13: found '0', expected a whole number from 1 to 1000")]
    [InlineData("city.csv", "in_hand_max,7", "utc_offset,7", "city.csv:6:12: found '7', expected an offset from UTC as +07:00*")]
    [InlineData("city.csv", "07:30-11:30", "11:30-07:30", "city.csv:7:16: found '11:30-07:30', expected 'closed', or*")]
    [InlineData("communes.csv", "102,commune", "101,commune", "communes.csv:3:1: found '101' again, expected each code once")]
    [InlineData("communes.csv", "102,commune", "102,comune", "communes.csv:3:5: found 'comune', expected a kind: ward, commune, special-zone (nearest: 'commune')")]
    [InlineData("communes.csv", "16.7", "96.7", "communes.csv:3:40: found '96.7', expected a number from -90 to 90")]
    [InlineData("communes.csv", "Xã Hai,", ",", "communes.csv:3:13: found nothing, expected a name_vi of 1 to 200 printable characters")]
    [InlineData("communes.csv", ",area_km2", "", "communes.csv:1:1: found no column 'area_km2', expected the columns *")]
    [InlineData("communes.csv", "area_km2", "area", "communes.csv:1:1: found no column 'area_km2', expected *\ncommunes.csv:1:38: found the column 'area', expected one of *")]
    [InlineData("communes.csv", "area_km2", "code", "communes.csv:1:1: found no column 'area_km2', expected *\ncommunes.csv:1:38: found the column 'code' again, expected each column once")]
    [InlineData("communes.csv", "107.2", "107.2,9", "communes.csv:3:51: found 9 cells, expected 8, as the header has")]
    [InlineData("departments.csv", "2,Sở", "1,Sở", "departments.csv:3:1: found '1' again, expected each number once")]
    [InlineData("departments.csv", "certification civil-status", "certification civil-status roads", "departments.csv:3:28: found 'roads' again, expected each field at one department; department/4601 has it")]
    [InlineData("staffing.csv", "department,1", "department/4603,1", "staffing.csv:3:1: found 'department/4603', expected *commune/19753 (nearest: 'department/460?')")]
    [InlineData("staffing.csv", "department,1", "department/4602,1", "staffing.csv:1:1: found no desk for department/4601, expected one desk at least for every office")]
    [InlineData("staffing.csv", "commune/102,2", "commune,1", "staffing.csv:4:9: found place 1 again, expected each place once*")]
    [InlineData("staffing.csv", "roads,2", "roads,501", "staffing.csv:3:40: found '501', expected a whole number from 1 to 500")]
    [InlineData("staffing.csv", "certification feedback", "certification certification feedback", "staffing.csv:2:47: found 'certification' again, expected each of skills once")]
    [InlineData("staffing.csv", "fifo", "lifo", "staffing.csv:2:62: found 'lifo', expected a discipline: deadline-first, fifo (nearest: 'fifo')")]
    [InlineData("services.csv", "certification,commune", "certificaton,commune", "services.csv:2:37: found 'certificaton', expected a field of departments.csv (nearest: 'certification')")]
    [InlineData("services.csv", "commune,certification", "commune,certifcation", "services.csv:2:59: found 'certifcation', expected a skill that a desk of staffing.csv has (nearest: 'certification')")]
    [InlineData("services.csv", "city,roads", "city,feedback", "services.csv:3:46: found 'feedback', expected a desk with this skill in department/4602, which answers for 'roads'")]
    [InlineData("services.csv", "city,roads", "commune,roads", "services.csv:3:49: found 'roads', expected a desk with this skill in every commune; commune/101 and 1 more has none")]
    [InlineData("services.csv", "15:00", "3pm", "services.csv:2:77: found '3pm', expected a time as 15:00")]
    [InlineData("services.csv", "id original", "id orignal", "services.csv:3:60: found 'orignal', expected a code of documents.csv (nearest: 'original')")]
    [InlineData("services.csv", "0.7\n", "0.8\n", "services.csv:1:99: found shares that add up to 1.1, expected 1, give or take 0.001")]
    [InlineData("services.csv", "0.5,15:00", "0.4,15:00", "services.csv:2:73: found '0.4', expected a number from 0.5 to 365")]
    [InlineData("services.csv", "road-permit", "road permit", "services.csv:3:1: found 'road permit', expected a code: 1 to 40 letters*")]
    [InlineData("services.csv", "road-permit", "2.000815", "services.csv:3:1: found '2.000815' again, expected each code once")]
    [InlineData("categories.csv", "holes,", "road-permit,", "categories.csv:2:1: found 'road-permit', expected a code that services.csv has not")]
    [InlineData("categories.csv", "high", "hihg", "categories.csv:2:44: found 'hihg', expected a urgency: normal, high, immediate (nearest: 'high')")]
    [InlineData("documents.csv", "Original,0", "Original,-1", "documents.csv:2:29: found '-1', expected a whole number from 0 to 36500")]
    [InlineData("holidays.csv", "2026-02-17", "2026-02-30", "holidays.csv:2:1: found '2026-02-30', expected a date as 2026-02-17, from 1900 to 2199")]
    [InlineData("holidays.csv", "2026-02-21", "2026-02-17", "holidays.csv:3:1: found '2026-02-17' again, expected each date once")]
    [InlineData("holidays.csv", "Tết", "\"Tết", "holidays.csv:2:16: found a quote that is never closed, expected a closing quote")]
    [InlineData("holidays.csv", "Tết", "T\"ết", "holidays.csv:2:17: found a quote inside a cell, expected *")]
    [InlineData("holidays.csv", "Tết", "\"Tết\"x", "holidays.csv:2:21: found 'x', expected a comma or the line's end after a closing quote")]
    public void A_mistake_is_reported_alone_with_its_place(string file, string old, string replacement, string expected)
    {
        CityFolderReading reading = CityFolder.Parse("town", SmallCity.Replacing(file, old, replacement));
        Assert.Null(reading.Definition);
        Assert.Equal(expected, Masked(reading.ToString(), expected));
    }

    [Fact]
    public void All_mistakes_of_all_files_come_at_once_by_file_and_place()
    {
        Dictionary<string, string> files = SmallCity.Replacing("communes.csv", "102,commune", "102,comune")
            .With("holidays.csv", "date,kind,name\n2026-13-01,off,x\n2026-01-01,of,x\n").With("service.csv", "code\n");
        files.Remove("documents.csv");
        CityFolderReading reading = CityFolder.Parse("My Town", files);
        Assert.Equal(
            [".:1:1", "communes.csv:3:5", "documents.csv:1:1", "holidays.csv:2:1", "holidays.csv:3:12", "service.csv:1:1"],
            reading.Mistakes.Select(m => $"{m.File}:{m.Line}:{m.Column}"));
        Assert.Equal(6, reading.MistakeCount);
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_file_that_is_missing_or_empty_is_one_mistake(string file)
    {
        Dictionary<string, string> files = SmallCity.Files();
        files.Remove(file);
        Assert.Equal($"{file}:1:1: found no such file", Assert.Single(CityFolder.Parse("town", files).Mistakes).ToString().Split(',')[0]);
        files[file] = "\n\n";
        Assert.Equal($"{file}:1:1: found an empty file", Assert.Single(CityFolder.Parse("town", files).Mistakes).ToString().Split(',')[0]);
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_file_with_a_header_alone_gives_no_city_except_one_without_documents_or_holidays(string file)
    {
        Dictionary<string, string> files = SmallCity.Files();
        files[file] = files[file].Split('\n')[0] + "\n";
        CityFolderReading reading = CityFolder.Parse("town", files);
        Assert.Equal(file == "holidays.csv", reading.Definition is not null);
    }

    [Fact]
    public void Very_many_mistakes_are_counted_but_not_all_listed()
    {
        string lines = string.Concat(Enumerable.Repeat("x,off,y\n", 5000));
        CityFolderReading reading = CityFolder.Parse("town", SmallCity.With("holidays.csv", "date,kind,name\n" + lines));
        Assert.Equal(1000, reading.Mistakes.Count);
        Assert.Equal(5000, reading.MistakeCount);
        Assert.EndsWith("and 4000 more", reading.ToString());
    }

    [Fact]
    public void A_file_of_too_many_lines_or_characters_is_refused()
    {
        string lines = string.Concat(Enumerable.Repeat("2026-01-01,off,y\n", 30_000));
        Assert.Contains(CityFolder.Parse("town", SmallCity.With("holidays.csv", "date,kind,name\n" + lines)).Mistakes, m => m.Found == "one record more");
        Assert.Contains("16000001 characters", CityFolder.Parse("town", SmallCity.With("holidays.csv", new string('x', 16_000_001))).ToString());
    }

    public static TheoryData<string> FileNames() => [.. CityFolder.FileNames];

    // In what is expected, * stands for any text and ? for one character.
    private static string Masked(string actual, string expected) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(expected, actual, ignoreCase: false) ? expected : actual;
}
