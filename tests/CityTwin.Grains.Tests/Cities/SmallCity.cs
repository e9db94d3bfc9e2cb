namespace CityTwin.Grains.Tests.Cities;

/// <summary>The smallest city that has something of everything; tests change one thing of it.</summary>
internal static class SmallCity
{
    public static Dictionary<string, string> Files() => new()
    {
        ["city.csv"] = "key,value\ncode,46\nname_vi,Phố\nname_en,Town\npopulation,3000\nin_hand_max,7\nhours_saturday,07:30-11:30\n",
        ["communes.csv"] =
            "code,kind,name_vi,name_en,population,area_km2,latitude,longitude\n" +
            "101,ward,Phường Một,Ward One,2000,3.5,16.4,107.5\n" +
            "102,commune,Xã Hai,Commune Two,1000,30,16.7,107.2\n",
        ["departments.csv"] = "number,name_vi,name_en,fields\n1,Sở Tư pháp,Justice,certification civil-status\n2,Sở Xây dựng,Construction,roads\n",
        ["staffing.csv"] =
            "office,place,name_vi,name_en,skills,officials,residents_per_official,discipline\n" +
            "ward commune,1,Một cửa,One stop,certification feedback,1,800,fifo\n" +
            "department,1,Tiếp nhận,Reception,roads,2,,\n" +
            "commune/102,2,Lưu động,Mobile,certification,1,,\n",
        ["services.csv"] =
            "code,name_vi,name_en,field,level,skill,limit_days,same_day_until,documents,fee_vnd,median_minutes,share\n" +
            "2.000815,\"Bản sao, chứng thực\",Copy,certification,commune,certification,0.5,15:00,original,2000,10,0.7\n" +
            "road-permit,Giấy phép,Road permit,roads,city,roads,7.5,,id original,,60,0.3\n",
        ["documents.csv"] = "code,name_vi,name_en,valid_days\noriginal,Bản chính,Original,0\nid,Căn cước,Identity card,\n",
        ["categories.csv"] =
            "code,name_vi,name_en,field,level,skill,limit_days,median_minutes,share,urgency\n" +
            "holes,Ổ gà,Holes,roads,city,roads,3,30,0.4,high\n" +
            "rudeness,Thái độ,Rudeness,civil-status,commune,feedback,5,20,0.6,\n",
        ["holidays.csv"] = "date,kind,name,status\n2026-02-17,off,Tết,verified\n2026-02-21,worked,Làm bù,unverified\n",
    };

    public static Dictionary<string, string> With(string file, string text) => new(Files()) { [file] = text };

    /// <summary>The city with the first occurrence of some text in a file replaced.</summary>
    public static Dictionary<string, string> Replacing(string file, string old, string replacement)
    {
        Dictionary<string, string> files = Files();
        int at = files[file].IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{old}'");
        files[file] = string.Concat(files[file].AsSpan(0, at), replacement, files[file].AsSpan(at + old.Length));
        return files;
    }
}
