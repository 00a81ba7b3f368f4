using AotRecTrainer.Kernels;

namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>Users cut into ranges with about as many ratings each.</summary>
internal static class UserParts
{
    /// <summary>The first user of each part, and the number of users at the end.</summary>
    public static int[] Of(RatingRows rows, int parts)
    {
        int[] first = new int[parts + 1];
        for (int part = 1; part < parts; part++)
        {
            int at = rows.Offsets.BinarySearch((int)((long)rows.Count * part / parts));
            first[part] = at < 0 ? ~at : at;
        }

        first[parts] = rows.Users;
        return first;
    }
}
