namespace CityTwin.ClientApi.WhatIf;

/// <summary>Reads the option <c>--whatif-store</c>.</summary>
internal static class WhatIfChoice
{
    /// <summary>The options; a folder that cannot be made, or not be written to, is added to the mistakes.</summary>
    /// <param name="folder">The folder, or null for the one beside the journal.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static WhatIfOptions Read(string? folder, List<string> mistakes)
    {
        if (folder is not null)
        {
            try
            {
                Directory.CreateDirectory(folder);
                using FileStream written = new(Path.Combine(folder, ".writable"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                mistakes.Add($"--whatif-store: '{folder}' cannot be used: {e.Message}");
            }
        }
        return new WhatIfOptions { Folder = folder };
    }
}
