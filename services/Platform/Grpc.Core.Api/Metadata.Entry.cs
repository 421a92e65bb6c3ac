using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its text or, where the key ends in <see cref="BinaryHeaderSuffix"/>, its bytes.</summary>
    public class Entry
    {
        private readonly string? text;
        private readonly byte[]? bytes;

        /// <summary>Creates a text entry.</summary>
        /// <param name="key">Letters, digits, '_', '-' and '.'; made lower-case. Not ending in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="value">ASCII text.</param>
        /// <exception cref="ArgumentException">The key has another character, or asks for bytes.</exception>
        public Entry(string key, string value)
        {
            Key = Normalize(key);
            if (IsBinary)
            {
                throw new ArgumentException(
                    $"Key '{Key}' ends in '{BinaryHeaderSuffix}', which asks for bytes: pass a byte array.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(value);
            text = value;
        }

        /// <summary>Creates a binary entry.</summary>
        /// <param name="key">Letters, digits, '_', '-' and '.'; made lower-case. Ends in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="valueBytes">Bytes, copied.</param>
        /// <exception cref="ArgumentException">The key has another character, or lacks the suffix.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalize(key);
            if (!IsBinary)
            {
                throw new ArgumentException(
                    $"Key '{Key}' of a binary value must end in '{BinaryHeaderSuffix}': add the suffix or pass text.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            bytes = (byte[])valueBytes.Clone();
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value => text
            ?? throw new InvalidOperationException($"The value of '{Key}' is binary: read {nameof(ValueBytes)}.");

        /// <summary>The bytes (a copy), or the text as Latin-1 bytes.</summary>
        public byte[] ValueBytes => bytes is null ? Encoding.Latin1.GetBytes(text!) : (byte[])bytes.Clone();

        /// <summary>Key and value in one line.</summary>
        /// <returns>For example <c>[Entry: key=user, value=anna]</c>.</returns>
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToHexString(bytes!)}]"
            : $"[Entry: key={Key}, value={text}]";

        private static string Normalize(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            var lower = key.ToLowerInvariant();
            if (lower.Length == 0 || !lower.All(IsKeyCharacter))
            {
                throw new ArgumentException(
                    $"Metadata key '{key}' is empty or has a character other than letters, digits, '_', '-' and '.'.", nameof(key));
            }

            return lower;
        }

        private static bool IsKeyCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.';
    }
}
