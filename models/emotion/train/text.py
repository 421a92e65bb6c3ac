"""Text -> words, the way a BertNormalizer and a BertPreTokenizer do it.

The served tokenizer reads tokenizer.json and repeats these rules; both sides must agree on every word.
"""
import unicodedata


def is_control(char):
    """Control, format, surrogate, private or unassigned characters; tab and line breaks count as blanks instead."""
    return char not in "\t\n\r" and unicodedata.category(char).startswith("C")


def is_chinese(char):
    """The CJK blocks that BERT isolates character by character."""
    code = ord(char)
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2A6DF
            or 0x2A700 <= code <= 0x2B73F or 0x2B740 <= code <= 0x2B81F or 0x2B820 <= code <= 0x2CEAF
            or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F)


def is_punctuation(char):
    """ASCII symbols and every Unicode P* category; each one is a word of its own."""
    code = ord(char)
    ascii_symbol = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_symbol or unicodedata.category(char).startswith("P")


def normalize(text):
    """Clean, put spaces around CJK, strip accents (NFD without non-spacing marks), lower-case: in this order."""
    cleaned = []
    for char in text:
        if char in "\0\ufffd" or is_control(char):
            continue
        if char.isspace():
            cleaned.append(" ")
        elif is_chinese(char):
            cleaned.append(f" {char} ")
        else:
            cleaned.append(char)
    decomposed = unicodedata.normalize("NFD", "".join(cleaned))
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return "".join(char.lower() for char in bare)


def split_words(text):
    """Normalised words of one text, punctuation isolated."""
    words = []
    for piece in normalize(text).split():
        start = 0
        for index, char in enumerate(piece):
            if is_punctuation(char):
                if start < index:
                    words.append(piece[start:index])
                words.append(char)
                start = index + 1
        if start < len(piece):
            words.append(piece[start:])
    return words
