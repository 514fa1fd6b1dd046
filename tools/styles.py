"""Leave out of the website's style sheets what no page uses: the theme brings 5,000 rules, of which a tenth is used."""

import re
import shutil
from pathlib import Path

WORD = re.compile(r"[\w-]+")
COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)  # those that begin with /*! hold licences
NAME = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
NOT_ASKED_FOR = re.compile(r"\[[^\]]*\]|:not\([^()]*\)")
OF_SEVERAL = re.compile(r":(?:is|where|has)\(")
DECLARED = re.compile(r"(?<=[{;\s])(--[\w-]+)\s*:(?:\"[^\"]*\"|[^;{}\"])*;?")
USED = re.compile(r"var\(\s*(--[\w-]+)")
NESTS = re.compile(r"@(?:media|supports|layer|container)\b")


def lighten(folder: Path) -> None:
    """Rewrite the style sheets of a built website: a rule stays where a page or a script has all names that it needs.

    A script may put a name together from parts; the browser tests would see what is then missing.
    """
    (folder / "_static" / "scripts" / "fontawesome.js").unlink(missing_ok=True)  # no page loads it
    shutil.rmtree(folder / "_static" / "vendor" / "fontawesome", ignore_errors=True)
    texts = (path.read_text(encoding="utf-8") for kind in ("*.html", "*.js") for path in folder.rglob(kind))
    words = {word for text in texts for word in WORD.findall(text)}
    sheets = sorted((folder / "_static").rglob("*.css"))
    made = {sheet: lightened(sheet.read_text(encoding="utf-8"), words) for sheet in sheets}
    used = words | {name for text in made.values() for name in USED.findall(text)}
    for sheet, text in made.items():
        sheet.write_text(without_unused(text, used), encoding="utf-8")


def lightened(css: str, words: set[str]) -> str:
    """A style sheet without comments and without the rules whose class or id is not among the words."""
    css, parts, done = COMMENT.sub("", css), [], 0
    while (start := css.find("{", done)) >= 0:
        end = closing(css, start)
        before, semicolon, prelude = css[done:start].rpartition(";")
        body, done = css[start + 1 : end], end + 1
        parts.append(before + semicolon)  # @import and @charset
        if NESTS.match(prelude.strip()):
            body = lightened(body, words)
            parts.append(f"{prelude}{{{body}}}" if body.strip() else "")
        elif prelude.strip().startswith("@"):
            parts.append("" if "fontawesome" in body else f"{prelude}{{{body}}}")
        else:
            kept = [one for one in re.split(r",(?![^()]*\))", prelude) if needed(one) <= words]
            parts.append(f"{','.join(kept)}{{{body}}}" if kept else "")
    return "".join(parts) + css[done:]


def without_unused(css: str, used: set[str]) -> str:
    """A style sheet without the custom properties that nothing reads."""
    return DECLARED.sub(lambda declared: declared[0] if declared[1] in used else "", css)


def closing(css: str, start: int) -> int:
    """Where the brace ends that opens at a place."""
    depth = 0
    for brace in re.compile("[{}]").finditer(css, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(css)


def needed(selector: str) -> set[str]:
    """The classes and ids that a selector cannot do without."""
    return set() if OF_SEVERAL.search(selector) else set(NAME.findall(NOT_ASKED_FOR.sub("", selector)))
