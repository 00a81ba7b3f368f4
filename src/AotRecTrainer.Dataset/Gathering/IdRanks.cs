using AotRecTrainer.Dataset.Ids;

namespace AotRecTrainer.Dataset.Gathering;

/// <summary>The ids of all spaces in one ascending order.</summary>
internal sealed class IdRanks
{
    private IdRanks(EntityIds ids, int[][] rankOfCode, int[] rows)
    {
        Ids = ids;
        RankOfCode = rankOfCode;
        Rows = rows;
    }

    /// <summary>The different ids that have rows; integers by value, texts by their bytes.</summary>
    public EntityIds Ids { get; }

    /// <summary>For every space and code the place of its id in <see cref="Ids"/>; without meaning for codes without rows.</summary>
    public int[][] RankOfCode { get; }

    /// <summary>Rows of every id.</summary>
    public int[] Rows { get; }

    public static IdRanks OfUsers(IReadOnlyList<IdSpace> spaces) => Create(spaces, space => space.Users, space => space.UserRows.ToArray());

    public static IdRanks OfItems(IReadOnlyList<IdSpace> spaces) => Create(spaces, space => space.Items, space => space.ItemRows.ToArray());

    private static IdRanks Create(IReadOnlyList<IdSpace> spaces, Func<IdSpace, IdColumn> column, Func<IdSpace, int[]> rows)
    {
        IdColumn[] columns = [.. spaces.Select(column)];
        int[][] rowsOfCode = [.. spaces.Select(rows)];
        (int Space, int Code)[] origins =
        [
            .. rowsOfCode.SelectMany((counts, space) =>
                Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0).Select(code => (space, code))),
        ];
        return columns[0].IsText ? OfTexts(columns, rowsOfCode, origins) : OfIntegers(columns, rowsOfCode, origins);
    }

    private static IdRanks OfIntegers(IdColumn[] columns, int[][] rowsOfCode, (int Space, int Code)[] origins)
    {
        long[] ids = Array.ConvertAll(origins, origin => columns[origin.Space].Integers.Ids[origin.Code]);
        Array.Sort(ids, origins);
        int[] firsts = Number(origins, rowsOfCode, (one, other) => ids[one] == ids[other], out int[][] ranks, out int[] rows);
        return new IdRanks(new EntityIds(Array.ConvertAll(firsts, first => ids[first])), ranks, rows);
    }

    private static IdRanks OfTexts(IdColumn[] columns, int[][] rowsOfCode, (int Space, int Code)[] origins)
    {
        Array.Sort(origins, (one, other) => Text(one).SequenceCompareTo(Text(other)));
        int[] firsts = Number(
            origins, rowsOfCode, (one, other) => Text(origins[one]).SequenceEqual(Text(origins[other])), out int[][] ranks, out int[] rows);
        int[] ends = new int[firsts.Length];
        int end = 0;
        for (int rank = 0; rank < ends.Length; rank++)
        {
            ends[rank] = end = checked(end + Text(origins[firsts[rank]]).Length);
        }

        byte[] bytes = new byte[end];
        for (int rank = 0; rank < ends.Length; rank++)
        {
            ReadOnlySpan<byte> text = Text(origins[firsts[rank]]);
            text.CopyTo(bytes.AsSpan(ends[rank] - text.Length));
        }

        return new IdRanks(new EntityIds(bytes, ends), ranks, rows);

        ReadOnlySpan<byte> Text((int Space, int Code) origin) => columns[origin.Space].Texts[origin.Code];
    }

    // Equal ids of different spaces lie side by side and get one rank. Returns where each rank's first origin is.
    private static int[] Number(
        (int Space, int Code)[] origins, int[][] rowsOfCode, Func<int, int, bool> same, out int[][] ranks, out int[] rows)
    {
        ranks = Array.ConvertAll(rowsOfCode, counts => new int[counts.Length]);
        var firsts = new List<int>();
        var sums = new List<int>();
        for (int index = 0; index < origins.Length; index++)
        {
            if (index == 0 || !same(index - 1, index))
            {
                firsts.Add(index);
                sums.Add(0);
            }

            (int space, int code) = origins[index];
            ranks[space][code] = sums.Count - 1;
            sums[^1] = checked(sums[^1] + rowsOfCode[space][code]);
        }

        rows = [.. sums];
        return [.. firsts];
    }
}
