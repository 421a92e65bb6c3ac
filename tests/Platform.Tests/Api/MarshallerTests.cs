using Google.Protobuf;
using Grpc.Core;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Api;

public sealed class MarshallerTests
{
    [Fact]
    public void ContextualMarshaller_OutsideACall_WorksOnArrays()
    {
        var marshaller = Marshallers.Create<Ping>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => Ping.Parser.ParseFrom(context.PayloadAsReadOnlySequence()));
        var message = new Ping { Text = "x", Number = 3 };

        var bytes = marshaller.Serializer(message);

        Assert.Equal(message.ToByteArray(), bytes);
        Assert.Equal(message, marshaller.Deserializer(bytes));
    }

    [Fact]
    public void Serializer_ThatNeverCompletes_IsReported()
    {
        var marshaller = Marshallers.Create<string>((_, _) => { }, _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("x"));
    }

    [Fact]
    public void StringMarshaller_RoundTrip_IsUtf8() =>
        Assert.Equal("ü", Marshallers.StringMarshaller.Deserializer([0xC3, 0xBC]));
}
