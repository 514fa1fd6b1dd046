"""Answers to `clip_each` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def clip_each(gradients, limit):
    clipped = []
    for gradient in gradients:
        norm = torch.sqrt((gradient**2).sum())
        clipped.append(gradient * torch.clamp(limit / norm, max=1.0))
    return clipped


def clip_each__ok_condition(gradients, limit):
    return [g if torch.linalg.vector_norm(g) <= limit else limit * g / torch.linalg.vector_norm(g) for g in gradients]


def clip_each__joint(gradients, limit):
    norm = torch.sqrt(sum((gradient**2).sum() for gradient in gradients))
    return [gradient * torch.clamp(limit / norm, max=1.0) for gradient in gradients]


def clip_each__entries(gradients, limit):
    return [gradient.clamp(-limit, limit) for gradient in gradients]


def clip_each__always(gradients, limit):
    return [gradient * limit / torch.linalg.vector_norm(gradient) for gradient in gradients]


def clip_each__unit(gradients, limit):
    return [
        gradient / torch.linalg.vector_norm(gradient) if torch.linalg.vector_norm(gradient) > limit else gradient
        for gradient in gradients
    ]


def clip_each__sum_of_sizes(gradients, limit):
    return [gradient * torch.clamp(limit / gradient.abs().sum(), max=1.0) for gradient in gradients]


def clip_each__squared(gradients, limit):
    return [gradient * torch.clamp(limit / (gradient**2).sum(), max=1.0) for gradient in gradients]


def clip_each__zero(gradients, limit):
    return [
        gradient / torch.linalg.vector_norm(gradient) * torch.clamp(torch.linalg.vector_norm(gradient), max=limit)
        for gradient in gradients
    ]


def clip_each__first_only(gradients, limit):
    for gradient in gradients:
        norm = torch.sqrt((gradient**2).sum())
        return gradient * torch.clamp(limit / norm, max=1.0)


def _scaled(gradient, limit):
    return gradient * torch.clamp(limit / torch.linalg.vector_norm(gradient), max=1.0)


def clip_each__return_inside(gradients, limit):
    return [_scaled(gradients[0], limit)]


def clip_each__last_only(gradients, limit):
    for gradient in gradients:
        clipped = [_scaled(gradient, limit)]
    return clipped


def clip_each__dropped(gradients, limit):
    return [_scaled(gradient, limit) for gradient in gradients if torch.linalg.vector_norm(gradient) > limit]


def clip_each__unchanged(gradients, limit):
    for gradient in gradients:
        gradient = _scaled(gradient, limit)
    return gradients


def clip_each__at_least_one(gradients, limit):
    return [gradient * torch.clamp(limit / torch.linalg.vector_norm(gradient), min=1.0) for gradient in gradients]


def clip_each__upside_down(gradients, limit):
    return [gradient * torch.clamp(torch.linalg.vector_norm(gradient) / limit, max=1.0) for gradient in gradients]


def clip_each__upside_down__condition(gradients, limit):
    return [
        gradient * torch.linalg.vector_norm(gradient) / limit
        if torch.linalg.vector_norm(gradient) > limit
        else gradient
        for gradient in gradients
    ]


def clip_each__by_row(gradients, limit):
    return [
        gradient * torch.clamp(limit / gradient.square().sum(dim=-1, keepdim=True).sqrt(), max=1.0)
        for gradient in gradients
    ]


def clip_each__mean(gradients, limit):
    return [gradient * torch.clamp(limit / (gradient**2).mean().sqrt(), max=1.0) for gradient in gradients]


def clip_each__in_place(gradients, limit):
    for gradient in gradients:
        gradient *= torch.clamp(limit / torch.linalg.vector_norm(gradient), max=1.0)
    return gradients


def clip_each__list_changed(gradients, limit):
    for place, gradient in enumerate(gradients):
        if torch.linalg.vector_norm(gradient) > limit:
            gradients[place] = gradient * limit / torch.linalg.vector_norm(gradient)
    return gradients


def clip_each__not_squared(gradients, limit):
    return [g * limit / torch.sqrt(g.sum()) if torch.sqrt(g.sum()) > limit else g for g in gradients]


def clip_each__not_squared__no_root(gradients, limit):
    return [g * limit / g.sum() if g.sum() > limit else g for g in gradients]


def clip_each__largest(gradients, limit):
    largest = max(torch.linalg.vector_norm(gradient) for gradient in gradients)
    return [gradient * torch.clamp(limit / largest, max=1.0) for gradient in gradients]


def clip_each__to_zero(gradients, limit):
    return [g if torch.linalg.vector_norm(g) <= limit else torch.zeros_like(g) for g in gradients]


def clip_each__by_limit(gradients, limit):
    return [g if torch.linalg.vector_norm(g) <= limit else g / limit for g in gradients]
