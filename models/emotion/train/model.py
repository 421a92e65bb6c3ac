"""The encoder: pre-LN transformer whose every layer is read out by one head.

Shapes: B batch, T tokens, H hidden size, C classes, L layers. Layer 0 is the embedding output, layer L the last block.
One float tensor leaves each layer, so that the exported graph can be cut between any two layers.
Module names follow BERT: encoder.layer.N.attention.self.query and so on.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F


class Sizes:
    """The architecture, and its config.json."""

    def __init__(self, classes, vocabulary=8000, hidden=128, layers=10, heads=4, feed_forward=256, positions=64):
        self.classes, self.vocabulary, self.hidden, self.layers = classes, vocabulary, hidden, layers
        self.heads, self.feed_forward, self.positions = heads, feed_forward, positions

    def config(self, labels):
        """config.json in the ecosystem's words."""
        return {
            "model_type": "strata-encoder", "architectures": ["StrataForSequenceClassification"],
            "problem_type": "single_label_classification",
            "num_hidden_layers": self.layers, "hidden_size": self.hidden, "num_attention_heads": self.heads,
            "intermediate_size": self.feed_forward, "hidden_act": "gelu", "layer_norm_eps": 1e-5,
            "max_position_embeddings": self.positions, "vocab_size": self.vocabulary, "pad_token_id": 0,
            "torch_dtype": "float32",
            "id2label": {str(index): label for index, label in enumerate(labels)},
            "label2id": {label: index for index, label in enumerate(labels)},
        }

    @staticmethod
    def from_config(config):
        """Reads the architecture back from a config.json."""
        return Sizes(len(config["id2label"]), config["vocab_size"], config["hidden_size"], config["num_hidden_layers"],
                     config["num_attention_heads"], config["intermediate_size"], config["max_position_embeddings"])


def drop_channels(x, rate, training):
    """Dropout with one mask per sequence and channel: a channel is gone for the whole text. x: [B, T, H]."""
    if not training or rate == 0:
        return x
    keep = torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - rate).div_(1 - rate)
    return x * keep


class Embeddings(nn.Module):
    """Token + position."""

    def __init__(self, sizes):
        super().__init__()
        self.word_embeddings = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.position_embeddings = nn.Embedding(sizes.positions, sizes.hidden)

    def forward(self, input_ids):
        positions = torch.arange(input_ids.shape[1]).unsqueeze(0)
        return self.word_embeddings(input_ids) + self.position_embeddings(positions)


class SelfAttention(nn.Module):
    """Multi-head attention over the tokens of one text; blocked is [B, 1, 1, T], very negative at padding."""

    def __init__(self, sizes):
        super().__init__()
        self.heads, self.head_size = sizes.heads, sizes.hidden // sizes.heads
        self.query, self.key, self.value = (nn.Linear(sizes.hidden, sizes.hidden) for _ in range(3))

    def forward(self, x, blocked):
        def split(projected):
            return projected.view(batch, tokens, self.heads, self.head_size).transpose(1, 2)

        batch, tokens, _ = x.shape
        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = query @ key.transpose(2, 3) / math.sqrt(self.head_size) + blocked
        mixed = torch.softmax(scores, -1) @ value
        return mixed.transpose(1, 2).reshape(batch, tokens, self.heads * self.head_size)


class ResidualOutput(nn.Module):
    """Dense, then added to the residual stream: the last step of either half of a block."""

    def __init__(self, width, sizes, dropout):
        super().__init__()
        self.dense, self.dropout = nn.Linear(width, sizes.hidden), dropout

    def forward(self, x, residual):
        return residual + drop_channels(self.dense(x), self.dropout, self.training)


class Attention(nn.Module):
    """LayerNorm -> attention -> residual output: the first half of a block."""

    def __init__(self, sizes, dropout):
        super().__init__()
        self.LayerNorm = nn.LayerNorm(sizes.hidden)
        self.self = SelfAttention(sizes)
        self.output = ResidualOutput(sizes.hidden, sizes, dropout)

    def forward(self, x, blocked):
        return self.output(self.self(self.LayerNorm(x), blocked), x)


class Intermediate(nn.Module):
    """LayerNorm -> dense -> GELU: the widening part of the second half."""

    def __init__(self, sizes):
        super().__init__()
        self.LayerNorm = nn.LayerNorm(sizes.hidden)
        self.dense = nn.Linear(sizes.hidden, sizes.feed_forward)

    def forward(self, x):
        return F.gelu(self.dense(self.LayerNorm(x)))


class Block(nn.Module):
    """One layer: x + attention, then + feed-forward."""

    def __init__(self, sizes, dropout):
        super().__init__()
        self.attention, self.intermediate = Attention(sizes, dropout), Intermediate(sizes)
        self.output = ResidualOutput(sizes.feed_forward, sizes, dropout)

    def forward(self, x, blocked):
        x = self.attention(x, blocked)
        return self.output(self.intermediate(x), x)


class Encoder(nn.Module):
    """L blocks; gives the hidden states of layers 0..L."""

    def __init__(self, sizes, dropout):
        super().__init__()
        self.layer = nn.ModuleList(Block(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, x, blocked):
        states = [x]
        for block in self.layer:
            states.append(block(states[-1], blocked))
        return states


class EmotionEncoder(nn.Module):
    """The classifier; forward gives the last layer's logits, layer_logits those of every layer."""

    def __init__(self, sizes, embedding_dropout=0.2, residual_dropout=0.1, head_dropout=0.2):
        super().__init__()
        self.embeddings = Embeddings(sizes)
        self.encoder = Encoder(sizes, residual_dropout)
        self.LayerNorm = nn.LayerNorm(sizes.hidden)
        self.classifier = nn.Linear(sizes.hidden, sizes.classes)
        self.embedding_dropout, self.head_dropout = embedding_dropout, head_dropout

    def initialise(self, word_vectors):
        """N(0, 0.7/sqrt(fan_in)); what a block adds starts 1/sqrt(2L) smaller, so the stream keeps its scale."""
        depth = math.sqrt(2 * len(self.encoder.layer))
        for name, weight in self.named_parameters():
            if name.endswith("bias"):
                nn.init.zeros_(weight)
            elif "LayerNorm" not in name and "embeddings" not in name:
                nn.init.normal_(weight, 0, 0.7 / math.sqrt(weight.shape[1]) / (depth if "output" in name else 1))
        nn.init.normal_(self.embeddings.position_embeddings.weight, 0, 0.02)
        with torch.no_grad():
            self.embeddings.word_embeddings.weight.copy_(torch.from_numpy(word_vectors))

    def hidden_states(self, input_ids, attention_mask):
        """[B, T, H] of layers 0..L, first to last."""
        blocked = (1.0 - attention_mask.float())[:, None, None, :] * -1e4
        x = drop_channels(self.embeddings(input_ids), self.embedding_dropout, self.training)
        return self.encoder(x, blocked)

    def head(self, x, attention_mask):
        """[B, C] logits of one layer: final LayerNorm -> mean over real tokens -> dense."""
        real = attention_mask.unsqueeze(-1).float()
        mean = (self.LayerNorm(x) * real).sum(1) / real.sum(1)
        return self.classifier(F.dropout(mean, self.head_dropout, self.training))

    def layer_logits(self, input_ids, attention_mask):
        """L+1 tensors [B, C], one per layer."""
        return [self.head(x, attention_mask) for x in self.hidden_states(input_ids, attention_mask)]

    def forward(self, input_ids, attention_mask):
        return self.head(self.hidden_states(input_ids, attention_mask)[-1], attention_mask)
