using Grpc.Core;

namespace Strata.Platform.Tests.Api;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("colon:")]
    [InlineData("ünicode")]
    [InlineData("line\nbreak")]
    public void Key_WithAnotherCharacter_IsRefused(string key) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "x"));

    [Fact]
    public void Key_InUpperCase_IsMadeLower() => Assert.Equal("x-trace_id.v1", new Metadata.Entry("X-Trace_Id.v1", "x").Key);

    [Fact]
    public void Text_UnderABinaryKey_IsRefused() => Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-BIN", "x"));

    [Fact]
    public void Bytes_UnderATextKey_AreRefused() => Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1]));

    [Fact]
    public void BinaryEntry_Changed_KeepsItsOwnBytes()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("key-bin", bytes);

        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.True(entry.IsBinary);
        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void TextEntry_AsBytes_IsAscii()
    {
        var entry = new Metadata.Entry("key", "A1");

        Assert.False(entry.IsBinary);
        Assert.Equal([0x41, 0x31], entry.ValueBytes);
    }

    [Fact]
    public void Get_OfARepeatedKey_ReturnsTheLastAndGetAllEach()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "a", "3" } };

        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
        Assert.Null(metadata.Get("c"));
        Assert.Null(metadata.GetValue("c"));
        Assert.Null(metadata.GetValueBytes("c-bin"));
    }

    [Fact]
    public void Empty_Changed_IsRefused()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "1"));
        Assert.Empty(Metadata.Empty);
    }
}
