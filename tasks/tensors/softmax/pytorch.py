"""Answers to `softmax` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def softmax(logits):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    exponentials = torch.exp(shifted)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__ok_logsumexp(logits):
    return torch.exp(logits - torch.logsumexp(logits, -1, keepdim=True))


def softmax__ok_loop(logits):
    rows = [torch.exp(row - row.max()) for row in logits]
    return torch.stack([row / row.sum() for row in rows])


def softmax__columns(logits):
    exponentials = torch.exp(logits)
    return exponentials / exponentials.sum(dim=0)


def softmax__unstable(logits):
    exponentials = torch.exp(logits)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__all(logits):
    exponentials = torch.exp(logits - logits.max())
    return exponentials / exponentials.sum()


def softmax__global_shift(logits):
    exponentials = torch.exp(logits - logits.max())
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__no_division(logits):
    return torch.exp(logits)


def softmax__no_division__shifted(logits):
    return torch.exp(logits - logits.amax(dim=1, keepdim=True))


def softmax__all__unstable(logits):
    return torch.exp(logits) / torch.exp(logits).sum()


def softmax__all__shifted_rows(logits):
    exponentials = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    return exponentials / exponentials.sum()


def softmax__columns__shifted_rows(logits):
    exponentials = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    return exponentials / exponentials.sum(dim=0)


def softmax__no_keepdims(logits):
    return torch.exp(logits) / torch.exp(logits).sum(dim=1)


def softmax__max_pair(logits):
    shifted = logits - logits.max(dim=1)
    return torch.exp(shifted) / torch.exp(shifted).sum(dim=1, keepdim=True)


def softmax__max_pair__kept(logits):
    shifted = logits - logits.max(dim=1, keepdim=True)
    return torch.exp(shifted) / torch.exp(shifted).sum(dim=1, keepdim=True)


def softmax__other_shift(logits):
    exponentials = torch.exp(logits - logits.mean(dim=1, keepdim=True))
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__fixed_shift(logits):
    exponentials = torch.exp(logits - 1000)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__fixed_shift__hundred(logits):
    exponentials = torch.exp(logits - 100)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__no_exp(logits):
    return logits / logits.sum(dim=1, keepdim=True)


def softmax__sigmoid(logits):
    return torch.sigmoid(logits)


def softmax__log(logits):
    return torch.log_softmax(logits, dim=1)


def softmax__mean(logits):
    exponentials = torch.exp(logits)
    return exponentials / exponentials.mean(dim=1, keepdim=True)


def softmax__hard(logits):
    return (logits == logits.amax(dim=1, keepdim=True)).float()


def softmax__column_shift(logits):
    exponentials = torch.exp(logits - logits.amax(dim=0))
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__divided(logits):
    exponentials = torch.exp(logits / logits.amax(dim=1, keepdim=True))
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__half_shifted(logits):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    return torch.exp(logits) / torch.exp(shifted).sum(dim=1, keepdim=True)


def softmax__half_shifted__above(logits):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    return torch.exp(shifted) / torch.exp(logits).sum(dim=1, keepdim=True)


def softmax__no_exp__shifted(logits):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    return shifted / shifted.sum(dim=1, keepdim=True)


def softmax__base_two(logits):
    powers = 2 ** (logits - logits.amax(dim=1, keepdim=True))
    return powers / powers.sum(dim=1, keepdim=True)


def softmax__one_more(logits):
    powers = torch.exp(logits)
    return powers / (1 + powers.sum(dim=1, keepdim=True))


def softmax__smaller(logits):
    return _from(torch.exp(logits / 1000))


def softmax__smaller__hundredth(logits):
    return _from(torch.exp(logits / 100))


def softmax__sum_of_logits(logits):
    return torch.exp(logits) / logits.sum(dim=1, keepdim=True)


def softmax__sum_of_logits__shifted(logits):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    return torch.exp(shifted) / shifted.sum(dim=1, keepdim=True)


def softmax__sum_of_logits__shifted_above(logits):
    return torch.exp(logits - logits.amax(dim=1, keepdim=True)) / logits.sum(dim=1, keepdim=True)


def softmax__clipped(logits):
    return _from(torch.exp(torch.clamp(logits, -50, 50)))


def softmax__clipped__tighter(logits):
    return _from(torch.exp(torch.clamp(logits, -10, 10)))


def softmax__nan_hidden(logits):
    return torch.nan_to_num(_from(torch.exp(logits)))


def _from(exponentials):
    return exponentials / exponentials.sum(dim=1, keepdim=True)
