using System.Net;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.Silo.Tests.Subscriptions;

public sealed class TargetGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("ff02::1")]
    public void Private_and_special_addresses_are_no_targets(string address) => Assert.False(TargetGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.128.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.3.1")]
    [InlineData("203.162.4.1")]
    [InlineData("2001:ee0::1")]
    [InlineData("2606:4700::1111")]
    public void Public_addresses_are_targets(string address) => Assert.True(TargetGuard.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task The_address_that_a_name_leads_to_is_checked_when_it_is_connected_to()
    {
        using HttpClient http = TargetGuard.Client(allowsPrivate: false, TimeSpan.FromSeconds(5));
        HttpRequestException refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://localhost:1/"), TestContext.Current.CancellationToken));
        Assert.Contains("not allowed", refused.ToString(), StringComparison.Ordinal);
    }
}
