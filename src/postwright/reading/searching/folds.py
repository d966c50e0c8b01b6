"""Characters that stand for a plainer one. `str.translate` looks up each character of a text; this, only rare ones."""


class Folds:
    """Replaces each character of `rare` by the one at its place in `plain`. No plain one is itself rare."""

    def __init__(self, rare: str, plain: str) -> None:
        pairs = list(zip(rare, plain, strict=True))
        self._ascii = tuple(pair for pair in pairs if pair[0].isascii())
        self._all = tuple(pairs)

    def of(self, text: str) -> str:
        """The text folded; as long as before."""
        for rare, plain in self._ascii if text.isascii() else self._all:
            if rare in text:
                text = text.replace(rare, plain)
        return text
