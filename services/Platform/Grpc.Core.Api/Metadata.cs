using System.Collections;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call, in order; a key may occur more than once.</summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>Suffix of the keys whose value is bytes.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>Metadata without entries; it cannot be changed.</summary>
    public static readonly Metadata Empty = new Metadata().Freeze();

    private readonly List<Entry> entries = [];
    private bool readOnly;

    /// <summary>Number of entries.</summary>
    public int Count => entries.Count;

    /// <summary>Whether the entries are fixed.</summary>
    public bool IsReadOnly => readOnly;

    /// <summary>Entry at a position.</summary>
    /// <param name="index">Position from 0.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only (set).</exception>
    public Entry this[int index]
    {
        get => entries[index];
        set
        {
            CheckWriteable();
            entries[index] = NotNull(value);
        }
    }

    /// <summary>Last entry of a key.</summary>
    /// <param name="key">Lower-case key.</param>
    /// <returns>The entry, or null.</returns>
    public Entry? Get(string key) => entries.FindLast(entry => entry.Key == key);

    /// <summary>Text of the last entry of a key.</summary>
    /// <param name="key">Lower-case key without the binary suffix.</param>
    /// <returns>The text, or null where the key is absent.</returns>
    /// <exception cref="InvalidOperationException">The entry is binary.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Bytes of the last entry of a key.</summary>
    /// <param name="key">Lower-case key.</param>
    /// <returns>A copy of the bytes, or null where the key is absent.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries of a key, in order.</summary>
    /// <param name="key">Lower-case key.</param>
    /// <returns>The entries, read as they are enumerated.</returns>
    public IEnumerable<Entry> GetAll(string key) => entries.Where(entry => entry.Key == key);

    /// <summary>Appends an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Add(Entry item)
    {
        CheckWriteable();
        entries.Add(NotNull(item));
    }

    /// <summary>Appends a text entry.</summary>
    /// <param name="key">Key without the binary suffix.</param>
    /// <param name="value">ASCII text.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Appends a binary entry.</summary>
    /// <param name="key">Key with the binary suffix.</param>
    /// <param name="valueBytes">Bytes, copied.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Inserts an entry.</summary>
    /// <param name="index">Position from 0.</param>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Insert(int index, Entry item)
    {
        CheckWriteable();
        entries.Insert(index, NotNull(item));
    }

    /// <summary>Removes the first occurrence of an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public bool Remove(Entry item)
    {
        CheckWriteable();
        return entries.Remove(item);
    }

    /// <summary>Removes the entry at a position.</summary>
    /// <param name="index">Position from 0.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void RemoveAt(int index)
    {
        CheckWriteable();
        entries.RemoveAt(index);
    }

    /// <summary>Removes all entries.</summary>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Clear()
    {
        CheckWriteable();
        entries.Clear();
    }

    /// <inheritdoc/>
    public bool Contains(Entry item) => entries.Contains(item);

    /// <inheritdoc/>
    public int IndexOf(Entry item) => entries.IndexOf(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator() => entries.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    private static Entry NotNull(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item;
    }

    private Metadata Freeze()
    {
        readOnly = true;
        return this;
    }

    private void CheckWriteable()
    {
        if (readOnly)
        {
            throw new InvalidOperationException("The metadata is read-only: build a new one and pass that.");
        }
    }
}
