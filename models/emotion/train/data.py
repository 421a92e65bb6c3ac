"""Reading GoEmotions and cutting it into batches of like length."""
import gzip
import os

import numpy as np

from wordpiece import PAD


class Split:
    """Texts of one split and, per text, the indexes of its labels."""

    def __init__(self, texts, label_sets, class_count):
        self.texts, self.label_sets, self.class_count = texts, label_sets, class_count

    def targets(self):
        """[N, C] soft targets: a row with n labels gives each of them 1/n."""
        targets = np.zeros((len(self.texts), self.class_count), np.float32)
        for row, labels in enumerate(self.label_sets):
            targets[row, labels] = 1.0 / len(labels)
        return targets

    def single_label(self):
        """Only the rows with exactly one label: what every figure is measured on."""
        rows = [row for row, labels in enumerate(self.label_sets) if len(labels) == 1]
        return Split([self.texts[row] for row in rows], [self.label_sets[row] for row in rows], self.class_count)

    def gold(self):
        """[N] label index of a single-label split."""
        return np.array([labels[0] for labels in self.label_sets])


def read_labels(folder):
    """Label names in index order."""
    with open(os.path.join(folder, "labels.txt"), encoding="utf-8") as file:
        return file.read().split()


def read_split(folder, name):
    """Reads NAME.tsv or NAME.tsv.gz: a header, then `text TAB label[,label...]`."""
    labels = {label: index for index, label in enumerate(read_labels(folder))}
    path = os.path.join(folder, name + ".tsv")
    opener = open if os.path.exists(path) else gzip.open
    texts, label_sets = [], []
    with opener(path if opener is open else path + ".gz", "rt", encoding="utf-8", newline="\n") as file:
        next(file)
        for line in file:
            text, names = line.rstrip("\n").split("\t")
            texts.append(text)
            label_sets.append([labels[name] for name in names.split(",")])
    return Split(texts, label_sets, len(labels))


def pad(sequences):
    """[B, T] token ids and [B, T] attention mask (1 = token), both int64."""
    ids = np.full((len(sequences), max(map(len, sequences))), PAD, np.int64)
    for row, sequence in enumerate(sequences):
        ids[row, :len(sequence)] = sequence
    return ids, (np.arange(ids.shape[1]) < np.array([[len(s)] for s in sequences])).astype(np.int64)


def length_batches(sequences, batch_size, generator, pool=50):
    """One epoch of row-index batches: shuffled, sorted by length inside pools of `pool` batches, batches shuffled again."""
    order, batches = generator.permutation(len(sequences)), []
    for start in range(0, len(order), batch_size * pool):
        part = sorted(order[start:start + batch_size * pool], key=lambda row: len(sequences[row]))
        batches += [part[at:at + batch_size] for at in range(0, len(part), batch_size)]
    return [batches[index] for index in generator.permutation(len(batches))]
