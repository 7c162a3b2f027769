"""A linear chain over the tags of words (Lafferty et al. 2001): spans are learnt whole, not word by word."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

_NEVER = -1e4


class Chain(nn.Module):
    """Learnt scores of a tag after another (``step``) and of the first in a line (``first``)."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__()
        self.step = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.first = nn.Parameter(torch.zeros(len(tags)))
        inside = [tag.startswith("I-") for tag in tags]
        forbidden = [[right[:2] == "I-" and left[2:] != right[2:] for right in tags] for left in tags]
        self.register_buffer("never_first", torch.tensor(inside) * _NEVER, persistent=False)
        self.register_buffer("never", torch.tensor(forbidden) * _NEVER, persistent=False)

    def loss(self, scores: Tensor, tags: Tensor, lines: Tensor, mask: Tensor) -> Tensor:
        """Give the negative log-likelihood of the right tags, divided by the number of words.

        ``scores`` (windows, words, tags); ``tags``, ``lines`` (numbers of lines) and ``mask`` (windows, words).
        """
        step, first = self.step + self.get_buffer("never"), self.first + self.get_buffer("never_first")
        tags = tags.clamp(min=0)
        begins = torch.ones_like(mask)
        begins[:, 1:] = lines[:, 1:] != lines[:, :-1]
        right = scores.gather(2, tags[..., None]).squeeze(-1)
        moves = step[tags[:, :-1], tags[:, 1:]]
        right = right + torch.where(begins, first[tags], torch.cat([moves[:, :1] * 0, moves], dim=1))
        total = first + scores[:, 0]
        for index in range(1, scores.shape[1]):
            moved = torch.logsumexp(total[:, :, None] + step, dim=1)
            anew = torch.logsumexp(total, dim=1, keepdim=True) + first
            after = torch.where(begins[:, index, None], anew, moved) + scores[:, index]
            total = torch.where(mask[:, index, None], after, total)
        return (torch.logsumexp(total, dim=1).sum() - right[mask].sum()) / mask.sum()
