#!/usr/bin/env python3
"""Draw what a command shows in a terminal as an SVG picture.

    docs/images/terminal_svg.py COLUMNS PICTURE.svg COMMAND [ARGUMENT ...]

Runs the command in a terminal of that width and draws its last frame. Needs Python 3 only.
"""
import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios

FONT_SIZE, CHAR_WIDTH, LINE_HEIGHT, MARGIN = 14, 8.43, 18, 16
BACKGROUND, FOREGROUND = "#16181d", "#d6d9df"
COLOURS = {"2": "#6cc46c", "3": "#d8b04c", "8": "#868c98", "11": "#d8b04c", "12": "#5b9cf5"}


def run(columns, command):
    """Bytes that the command writes to a terminal of that width."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 60, columns, 0, 0))
    written = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # The child has closed its side.
            break
        if not part:
            break
        written += part
    _, status = os.waitpid(child, 0)
    if status != 0:
        sys.exit("%s ended with %d:\n%s" % (command[0], os.waitstatus_to_exitcode(status), written.decode()))
    return written.decode()


def last_frame(text):
    """What stands after the cursor last went up to draw anew, without codes other than colours."""
    frame = re.split(r"\x1b\[\d+A", text)[-1]
    return re.sub(r"\x1b\[[0-9;?]*[A-LN-Za-ln-z]", "", frame).replace("\r", "")


def spans(line):
    """(style, text) pairs of one line."""
    style = {}
    for code, text in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b]+)", line):
        if text:
            yield dict(style), text
        elif code in ("", "0"):
            style = {}
        else:
            parts = code.split(";")
            if "38" in parts:
                style["fill"] = COLOURS.get(parts[-1], FOREGROUND)
            if parts[0] == "1":
                style["font-weight"] = "bold"
            if parts[0] == "3":
                style["font-style"] = "italic"


def draw(columns, lines):
    """The picture."""
    width, height = columns * CHAR_WIDTH + 2 * MARGIN, len(lines) * LINE_HEIGHT + 2 * MARGIN
    yield '<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">' % (width, height, width, height)
    yield '<rect width="100%%" height="100%%" rx="8" fill="%s"/>' % BACKGROUND
    yield '<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="%d" fill="%s">' % (FONT_SIZE, FOREGROUND)
    for row, line in enumerate(lines):
        column = 0
        for style, text in spans(line):
            attributes = "".join(' %s="%s"' % pair for pair in style.items())
            for words in re.finditer(r"\S+(?: \S+)*", text):  # Viewers disagree on longer spaces.
                yield '<text x="%.2f" y="%d" textLength="%.2f"%s>%s</text>' % (
                    MARGIN + (column + words.start()) * CHAR_WIDTH, MARGIN + (row + 0.8) * LINE_HEIGHT,
                    len(words.group()) * CHAR_WIDTH, attributes, html.escape(words.group()))
            column += len(text)
    yield "</g></svg>"


def main():
    if len(sys.argv) < 4 or not sys.argv[1].isdigit():
        sys.exit(__doc__.strip())
    columns = int(sys.argv[1])
    lines = last_frame(run(columns, sys.argv[3:])).rstrip().split("\n")
    with open(sys.argv[2], "w", encoding="utf-8") as picture:
        picture.write("\n".join(draw(columns, lines)) + "\n")


if __name__ == "__main__":
    main()
