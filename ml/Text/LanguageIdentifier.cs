using System.Collections.Frozen;

namespace CityTwin.Ml.Text;

/// <summary>Tells Vietnamese (with diacritics or without), English, French and Portuguese apart by their common words and letters.</summary>
/// <remarks>For short messages; made to choose a reader, not to study languages. Thread-safe, allocates nothing.</remarks>
public static class LanguageIdentifier
{
    /// <summary>Too little to tell.</summary>
    public const string Unknown = "und";

    private const int WordsMax = 200;

    private static readonly string[] Languages = ["vi", "en", "fr", "pt"];

    private static readonly FrozenDictionary<ulong, float[]> Weights = Build(
    [
        """
        không có là của và các được cho với người này đã một những trong khi đến rất từ nhiều tôi ở ra vào đường nhà bị thì
        chúng cũng mà để nên như trên về đi lại hay xin hỏi ngày làm việc phường xã quận hẻm nước điện rác cây xe đèn ngập
        khong co cua duoc nguoi nay mot nhung den tu nhieu toi duong nha bi thi chung cung de nhu ve lai xin ngay lam viec
        phuong xa quan hem nuoc dien rac cay xe ngap khu pho tren truoc sau qua roi dang ai gi may anh chi em ong ba mong
        dem sang chieu hom qua nay mai thang nam gio phut ubnd tphcm hue ve sinh moi truong giup giai quyet kiem tra xu ly
        """,
        """
        the of and to in is it that was for on are with as at be this have from or by not but what all were when we there can
        an your which their said if do will each about how up out them then she many some so these would other into has more
        her two like him see time could no make than first been its who now people my made over did down only way find use may
        water street road please noise rubbish light night our near
        """,
        """
        le la les de des du et un une en est que qui dans pour sur pas au aux ce cette ces il elle nous vous ils sont avec par
        plus mais ont été être a je on se sa son ses leur leurs où comme si tout tous très bien sans sous aussi depuis fait
        devant rue eau déchets bruit nuit notre mon ma mes merci bonjour quartier chez dont entre peut même
        """,
        """
        o os a as de do da dos das e um uma em no na nos nas que é para com por não se mais como mas foi ao ele ela seu sua ou
        ser quando muito há já está eu também só pelo pela até isso entre era depois sem mesmo aos ter seus quem esse eles
        você essa num nem suas meu às minha têm rua água lixo barulho noite nossa frente casa são estão porque aqui
        """,
    ]);

    /// <summary>The language of a text as an ISO 639-1 code, <see cref="Unknown"/> where nothing speaks for one.</summary>
    /// <returns>The code and how sure it is, 0 to 1.</returns>
    public static (string Language, float Probability) Identify(ReadOnlySpan<char> text)
    {
        Span<float> scores = stackalloc float[4];
        TokenReader reader = new(text, stackalloc char[TokenReader.WordLengthMax]);
        for (int read = 0; read < WordsMax && reader.MoveNext(); read++)
        {
            if (Weights.TryGetValue(reader.Hash, out float[]? weights))
            {
                for (int i = 0; i < scores.Length; i++)
                {
                    scores[i] += weights[i];
                }
            }
            AddLetters(reader.Word, scores);
        }
        int best = 0;
        float sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }
        for (int i = 0; i < scores.Length; i++)
        {
            sum += MathF.Exp(scores[i] - scores[best]);
        }
        return scores[best] <= 0 ? (Unknown, 0) : (Languages[best], 1 / sum);
    }

    private static void AddLetters(ReadOnlySpan<char> word, Span<float> scores)
    {
        foreach (char c in word)
        {
            if (c is 'đ' or 'ă' or 'ơ' or 'ư' or 'ĩ' or 'ũ' || (c >= '\u1EA0' && c <= '\u1EF9'))
            {
                scores[0] += 1.5f;
            }
            else if (c is 'ç' or 'î' or 'ï' or 'û' or 'ë' or 'œ')
            {
                scores[2] += 0.7f;
                scores[3] += c == 'ç' ? 0.7f : 0;
            }
            else if (c is 'ã' or 'õ')
            {
                scores[3] += 0.5f;
                scores[0] += 0.4f;
            }
        }
    }

    private static FrozenDictionary<ulong, float[]> Build(string[] lists)
    {
        Dictionary<ulong, float[]> weights = [];
        for (int i = 0; i < lists.Length; i++)
        {
            foreach (string word in lists[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct())
            {
                ulong hash = TextHash.Of(word);
                if (!weights.TryGetValue(hash, out float[]? row))
                {
                    weights[hash] = row = new float[lists.Length];
                }
                row[i] += 1;
            }
        }
        return weights.ToFrozenDictionary();
    }
}
