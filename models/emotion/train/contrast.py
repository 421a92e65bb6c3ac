"""Decoding rules on the logits of every layer: plain, linear layer extrapolation, log-prior subtraction.

Arrays: log_probs [L+1, N, C], layer 0 first. Extrapolation: the amateur is the candidate layer farthest from the expert
(layer L) by cosine; the line through ln p of both is read at a target layer behind the last one.
"""
import numpy as np


def log_softmax(logits):
    """ln softmax over the last axis, in double precision."""
    shifted = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def select_amateurs(log_probs, candidates):
    """[N] candidate layer with the largest 1 - cos(p_L, p_l)/2; ties go to the lowest layer."""
    probs = np.exp(log_probs)
    norms = np.linalg.norm(probs, axis=-1)
    cosines = np.stack([(probs[-1] * probs[layer]).sum(-1) / (norms[-1] * norms[layer]) for layer in candidates])
    return np.asarray(candidates)[np.argmax(1 - cosines / 2, axis=0)]


def extrapolate(log_probs, candidates, beyond, alpha):
    """[N] answers: argmax of (1 + beta) ln p_L - beta ln p_a over labels with p_L >= alpha max p_L.

    beyond: how many layers the target lies behind L; beta = beyond / (L - amateur), per row.
    """
    last = len(log_probs) - 1
    amateurs = select_amateurs(log_probs, candidates)
    beta = (beyond / (last - amateurs))[:, None]
    expert = log_probs[-1]
    scores = (1 + beta) * expert - beta * log_probs[amateurs, np.arange(len(amateurs))]
    plausible = expert >= expert.max(-1, keepdims=True) + np.log(alpha)
    return np.where(plausible, scores, -np.inf).argmax(-1)


def subtract_prior(log_probs, prior, tau):
    """[N] answers: argmax of ln p_L - tau ln prior; prior [C] are the class frequencies of the training rows."""
    return (log_probs[-1] - tau * np.log(prior)).argmax(-1)
