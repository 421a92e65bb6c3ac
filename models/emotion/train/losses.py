"""What training minimises: the last layer against the targets, earlier layers against graded targets."""
import torch


def cross_entropy(logits, targets):
    """Mean over the batch of -sum_c target_c ln softmax(logits)_c; both [B, C]."""
    return -(targets * torch.log_softmax(logits.float(), -1)).sum(-1).mean()


def graded_loss(layer_logits, targets, prior, weight):
    """Last layer + weight x mean over layers 1..L-1, layer l against (l/L) targets + (1 - l/L) prior.

    The grading keeps early layers modest: they should lean to the class prior, so that the way from an early layer to the
    last one points from common answers to specific ones. prior: [C] class frequencies. Layer 0 is left free.
    """
    last = len(layer_logits) - 1
    loss = cross_entropy(layer_logits[last], targets)
    for layer in range(1, last):
        share = layer / last
        graded = share * targets + (1 - share) * prior
        loss = loss + weight / (last - 1) * cross_entropy(layer_logits[layer], graded)
    return loss
