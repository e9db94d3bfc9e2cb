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

    /// <summary>Does work on a thread of its own, of low priority.</summary>
    public static Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            Enter();
            try
            {
                work();
                done.SetResult();
            }
#pragma warning disable CA1031 // Whatever it is, it is told to who waits for the work.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        })
        { IsBackground = true };
        thread.Start();
        return done.Task;
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
