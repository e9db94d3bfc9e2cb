[assembly: AssemblyFixture(typeof(CityTwin.Silo.Tests.Postgres.PostgresFixture))]

namespace CityTwin.Silo.Tests.Postgres;

/// <summary>One server for all tests of the assembly, started by the first that asks; each test has a schema of its own.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => Task.Run(() => PostgresServer.StartAsync()));

    public PostgresServer Server => _server.Value.GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
