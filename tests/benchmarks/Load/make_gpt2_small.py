"""Makes a model folder of GPT-2 small's size with random weights: for timing, not for answers.

usage: make_gpt2_small.py OUT_FOLDER

12 layers, 768 wide, 12 heads, vocabulary 50,257, 1,024 positions; exported by torch.onnx the way the ecosystem exports
decoders (input_ids, past_key_values.N.key/value, attention_mask, position_ids -> logits, present.N.key/value), with a
byte-level tokenizer of 256 tokens. Needs python3-torch and python3-numpy. Same seed, same bytes.
"""
import json
import math
import os
import sys
import warnings

import torch
from torch import nn

LAYERS, WIDTH, HEADS, VOCABULARY, POSITIONS = 12, 768, 12, 50257, 1024
HEAD_SIZE = WIDTH // HEADS


class Conv1D(nn.Module):
    """A linear layer with its weight stored [in, out], as GPT-2 does."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) * 0.02)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, hidden):
        flat = torch.addmm(self.bias, hidden.view(-1, hidden.size(-1)), self.weight)
        return flat.view(hidden.size()[:-1] + (self.weight.size(1),))


class Block(nn.Module):
    """One layer: hidden [B, T, H] -> hidden, key [B, h, P + T, d], value."""

    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.c_attn, self.c_proj = Conv1D(WIDTH, 3 * WIDTH), Conv1D(WIDTH, WIDTH)
        self.c_fc, self.c_out = Conv1D(WIDTH, 4 * WIDTH), Conv1D(4 * WIDTH, WIDTH)
        self.register_buffer("causal", torch.tril(torch.ones(POSITIONS, POSITIONS, dtype=torch.bool))[None, None])

    def forward(self, hidden, mask, past_key, past_value):
        query, key, value = (self.heads(part) for part in self.c_attn(self.ln_1(hidden)).split(WIDTH, dim=2))
        key, value = torch.cat((past_key, key), dim=2), torch.cat((past_value, value), dim=2)
        scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(HEAD_SIZE)
        total = key.size(-2)
        visible = self.causal[:, :, total - query.size(-2):total, :total]
        scores = torch.where(visible, scores, torch.tensor(-3.4e38)) + mask
        mixed = torch.matmul(scores.softmax(dim=-1), value).permute(0, 2, 1, 3).contiguous()
        hidden = hidden + self.c_proj(mixed.view(mixed.size()[:-2] + (WIDTH,)))
        wide = self.c_fc(self.ln_2(hidden))
        wide = 0.5 * wide * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (wide + 0.044715 * wide ** 3)))
        return hidden + self.c_out(wide), key, value

    @staticmethod
    def heads(part):
        return part.view(part.size()[:-1] + (HEADS, HEAD_SIZE)).permute(0, 2, 1, 3)


class Decoder(nn.Module):
    """ids [B, T] with caches [B, h, P, d] -> logits [B, T, V] and the caches grown by T."""

    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        for table in (self.wte, self.wpe):
            nn.init.normal_(table.weight, std=0.02)
        self.h = nn.ModuleList(Block() for _ in range(LAYERS))
        self.ln_f = nn.LayerNorm(WIDTH)

    def forward(self, ids, *inputs):
        past, mask, positions = inputs[:2 * LAYERS], inputs[-2], inputs[-1]
        hidden = self.wte(ids) + self.wpe(positions)
        mask = (1.0 - mask[:, None, None, :].float()) * -3.4e38
        present = []
        for layer, block in enumerate(self.h):
            hidden, key, value = block(hidden, mask, past[2 * layer], past[2 * layer + 1])
            present += [key, value]
        return (torch.matmul(self.ln_f(hidden), self.wte.weight.t()), *present)


def export(model, path):
    batch, length, past = 2, 3, 2
    caches = [name for layer in range(LAYERS) for name in (f"{layer}.key", f"{layer}.value")]
    example = (
        torch.ones(batch, length, dtype=torch.int64),
        *(torch.zeros(batch, HEADS, past, HEAD_SIZE) for _ in caches),
        torch.ones(batch, past + length, dtype=torch.int64),
        torch.arange(past, past + length).repeat(batch, 1))
    rows, new, old, total = "batch_size", "sequence_length", "past_sequence_length", "past_sequence_length + sequence_length"
    axes = {"input_ids": {0: rows, 1: new}, "attention_mask": {0: rows, 1: total}, "position_ids": {0: rows, 1: new}, "logits": {0: rows, 1: new}}
    axes.update({f"past_key_values.{name}": {0: rows, 2: old} for name in caches})
    axes.update({f"present.{name}": {0: rows, 2: total} for name in caches})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")     # the tracer remarks on sizes that are constants
        torch.onnx.export(
            model, example, path, opset_version=14, dynamic_axes=axes,
            input_names=["input_ids", *(f"past_key_values.{name}" for name in caches), "attention_mask", "position_ids"],
            output_names=["logits", *(f"present.{name}" for name in caches)])


def byte_alphabet():
    """GPT-2's spelling of the 256 bytes: printable ones as they are, the others from U+0100 on."""
    spare = 256
    for byte in range(256):
        printable = 0x21 <= byte <= 0x7E or 0xA1 <= byte <= 0xAC or 0xAE <= byte
        yield chr(byte) if printable else chr(spare)
        spare += not printable


def tokenizer():
    split = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
        "pre_tokenizer": split, "post_processor": None, "decoder": split,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
            "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
            "vocab": {symbol: index for index, symbol in enumerate(byte_alphabet())}, "merges": []}}


def config():
    return {
        "model_type": "gpt2", "vocab_size": VOCABULARY, "n_positions": POSITIONS, "n_embd": WIDTH, "n_layer": LAYERS,
        "n_head": HEADS, "tie_word_embeddings": True}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    torch.manual_seed(20)
    with torch.no_grad():
        export(Decoder().eval(), os.path.join(folder, "model.onnx"))
    for name, content in (("config.json", config()), ("tokenizer.json", tokenizer())):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)


if __name__ == "__main__":
    main()
