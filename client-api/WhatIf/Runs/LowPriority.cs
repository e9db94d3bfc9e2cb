using System.Runtime.InteropServices;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Threads that step back behind the rest of the process.</summary>
/// <remarks>On Linux a thread has a nice value of its own, which the framework's thread priorities do not set.</remarks>
internal static class LowPriority
{
    private const int Process = 0;
    private const int Nice = 15;

    /// <summary>Makes the present thread one of low priority; where the system does not allow it, nothing changes.</summary>
    public static void Enter()
    {
        if (OperatingSystem.IsLinux())
        {
            // Zero is the calling thread itself.
            _ = SetPriority(Process, 0, Nice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
