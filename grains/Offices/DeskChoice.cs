using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>Which desk of an office takes a case. Shared with the simulation; allocates nothing.</summary>
/// <remarks>
/// Our own rule. Among the desks with the skill, the one with the shortest expected wait: expected handling time of the cases there, divided by
/// its officials. A desk without officials comes after all staffed ones. Ties go to the first; where no desk has the skill, the first desk
/// takes the case.
/// </remarks>
public static class DeskChoice
{
    /// <summary>The expected wait of a newcomer, working minutes.</summary>
    /// <param name="effortMinutes">Expected handling time of the cases waiting or in hand, 0 or more.</param>
    /// <param name="officials">Officials at the desk; 0 counts as 1.</param>
    public static double WaitMinutes(double effortMinutes, int officials) => effortMinutes / Math.Max(1, officials);

    /// <summary>The place of the desk that takes a case.</summary>
    /// <param name="desks">The desks of the office, one or more, in the order of opening.</param>
    /// <param name="skill">The skill that the case needs.</param>
    /// <param name="preferred">A desk to go to if it is one of these; none: no preference.</param>
    public static int ShortestWait(ImmutableArray<DeskLoad> desks, string skill, TwinId preferred = default)
    {
        Best best = new();
        for (int i = 0; i < desks.Length; i++)
        {
            DeskLoad desk = desks[i];
            if (!preferred.IsNone && desk.Desk == preferred)
            {
                return i;
            }
            if (HasSkill(desk.Skills, skill))
            {
                best.Offer(i, desk.Effort, desk.Officials);
            }
        }
        return best.Place;
    }

    /// <summary>The same rule over columns.</summary>
    /// <param name="effortMinutes">For each desk: expected handling time of the cases there, working minutes.</param>
    /// <param name="officials">For each desk: its officials.</param>
    /// <param name="skills">For each desk: the set of its skills, one bit each.</param>
    /// <param name="skill">The number of the skill that the case needs, 0 to 63.</param>
    public static int ShortestWait(ReadOnlySpan<double> effortMinutes, ReadOnlySpan<int> officials, ReadOnlySpan<ulong> skills, int skill)
    {
        Best best = new();
        for (int i = 0; i < skills.Length; i++)
        {
            if ((skills[i] >> skill & 1) != 0)
            {
                best.Offer(i, effortMinutes[i], officials[i]);
            }
        }
        return best.Place;
    }

    private static bool HasSkill(ImmutableArray<string> skills, string skill)
    {
        foreach (string known in skills)
        {
            if (string.Equals(known, skill, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private struct Best
    {
        private double _wait;
        private bool _isStaffed;
        private bool _isFound;

        public int Place { get; private set; }

        public void Offer(int place, double effortMinutes, int officials)
        {
            double wait = WaitMinutes(effortMinutes, officials);
            bool isStaffed = officials > 0;
            bool isBetter = !_isFound || (isStaffed == _isStaffed ? wait < _wait : isStaffed);
            if (isBetter)
            {
                (Place, _wait, _isStaffed, _isFound) = (place, wait, isStaffed, true);
            }
        }
    }
}
