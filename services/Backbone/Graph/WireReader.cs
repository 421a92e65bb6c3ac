namespace Strata.Backbone.Graph;

/// <summary>Walks protobuf fields of a file by position, so that payloads which are not wanted are skipped and never read.</summary>
/// <remarks>Every length is checked against the enclosing message before anything is allocated or skipped.</remarks>
internal sealed class WireReader(FileStream file, string fileName)
{
    /// <summary>Bytes from the start of the file.</summary>
    public long Position { get; private set; }

    public long Length { get; } = file.Length;

    /// <summary>Reads one tag below <paramref name="end"/>; false at the end of the enclosing message.</summary>
    public bool TryReadTag(long end, out int field, out int wireType)
    {
        if (Position >= end)
        {
            field = wireType = 0;
            return false;
        }

        var tag = ReadVarint(end);
        field = (int)(tag >> 3);
        wireType = (int)(tag & 7);
        return tag <= uint.MaxValue && field > 0 ? true : throw Malformed("a field number is out of range");
    }

    public ulong ReadVarint(long end)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Position < end ? file.ReadByte() : -1;
            if (next < 0)
            {
                throw Malformed("it ends inside a number");
            }

            Position++;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed("a number has more than ten bytes");
    }

    /// <summary>Reads the length of a nested message or byte string and returns where it ends.</summary>
    public long ReadLength(long end)
    {
        var length = ReadVarint(end);
        return length <= (ulong)(end - Position) ? Position + (long)length : throw Malformed("a length reaches past the end of the file or message");
    }

    /// <summary>The bytes from here to <paramref name="end"/>, at most <paramref name="maxBytes"/>.</summary>
    public byte[] ReadBytes(long end, long maxBytes, string what)
    {
        var count = end - Position;
        if (count > maxBytes)
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"{fileName}: {what} has {count} bytes, more than the {maxBytes} allowed.");
        }

        var bytes = new byte[count];
        file.ReadExactly(bytes);
        Position = end;
        return bytes;
    }

    public void SkipTo(long end)
    {
        // FileStream keeps its buffer when the target lies in it.
        file.Seek(end, SeekOrigin.Begin);
        Position = end;
    }

    public void SkipField(int wireType, long end)
    {
        switch (wireType)
        {
            case 0:
                ReadVarint(end);
                break;
            case 1 when end - Position >= 8:
                SkipTo(Position + 8);
                break;
            case 2:
                SkipTo(ReadLength(end));
                break;
            case 5 when end - Position >= 4:
                SkipTo(Position + 4);
                break;
            default:
                throw Malformed("a field has an unknown wire type or is cut off");
        }
    }

    public BackboneException Malformed(string what) =>
        new(BackboneError.ModelInvalid, $"{fileName} is not a well-formed ONNX file: {what} (near byte {Position}). Export or download it again.");
}
