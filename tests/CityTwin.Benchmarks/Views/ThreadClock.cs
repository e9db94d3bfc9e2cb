using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CityTwin.Benchmarks.Views;

/// <summary>The processor time of the calling thread: what work costs, whatever else the machine does.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Processor time of this thread so far; where the system does not tell, the time of day.</summary>
    public static TimeSpan Now => OperatingSystem.IsLinux() && ClockGetTime(ThreadCpuTime, out Timespec at) == 0
        ? TimeSpan.FromSeconds(at.Seconds) + TimeSpan.FromTicks(at.Nanoseconds / 100)
        : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Timespec at);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
