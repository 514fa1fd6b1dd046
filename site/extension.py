"""What the website adds to Sphinx: formulas as MathML, which needs no script, and links to the glossary."""

import re

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.util import logging

logger = logging.getLogger(__name__)

FRAMEWORKS = {"pytorch", "tensorflow"}
PLAIN = (nodes.reference, nodes.literal, nodes.title, nodes.math, nodes.math_block, nodes.raw, nodes.literal_block)


def mathml(node, display):
    """The MathML of a formula; what is no TeX is a warning, which fails the build."""
    formula = node.astext()
    found = convert(formula, display=display)
    wrong = re.search(r"[\x00-\x09\x0b-\x1f]", formula) or re.search(r"(?<=<m[io]>)\\[A-Za-z]+", found)
    if wrong:  # a control character often stands where a backslash was lost
        logger.warning("the formula %r holds %r, which is no TeX", formula, wrong[0], location=node)
    return found


def inline_math(writer, node):
    writer.body.append(mathml(node, "inline"))
    raise nodes.SkipNode


def display_math(writer, node):
    writer.body.append(f'<div class="formula" tabindex="0">{mathml(node, "block")}</div>')
    raise nodes.SkipNode


def readers_of(node):
    """The frameworks whose readers see a node."""
    while node is not None:
        own = FRAMEWORKS & set(node.get("classes", ())) if isinstance(node, nodes.Element) else ()
        if own:
            return own
        node = node.parent
    return FRAMEWORKS


def is_plain_prose(node):
    """Whether a text may get a link: no heading, code, formula, table or question of the quiz."""
    while node is not None:
        if isinstance(node, (*PLAIN, nodes.table)) or "quiz" in getattr(node, "attributes", {}).get("classes", ()):
            return False
        node = node.parent
    return True


def link_terms(app, doctree, page):
    """Link the first occurrence of each term of the glossary, for each framework's readers."""
    terms = {name.lower(): place for (kind, name), place in app.env.get_domain("std").objects.items() if kind == "term"}
    if not page.startswith("lessons/") or not terms:
        return
    words = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])({words})(?:s|es)?(?![\w-])", re.IGNORECASE)
    linked = {term: set() for term in terms}
    for text in list(doctree.findall(nodes.Text)):
        if is_plain_prose(text):
            text.parent.replace(text, list(linked_parts(app, page, text, pattern, terms, linked)))


def linked_parts(app, page, text, pattern, terms, linked):
    """The text in pieces, its new terms as links."""
    done, source, readers = 0, text.astext(), readers_of(text)
    for match in pattern.finditer(source):
        term = match[1].lower()
        if readers <= linked[term]:
            continue
        linked[term] |= readers
        target, anchor = terms[term]
        if match.start() > done:
            yield nodes.Text(source[done : match.start()])
        address = f"{app.builder.get_relative_uri(page, target)}#{anchor}"
        yield nodes.reference("", match[0], internal=True, refuri=address, classes=["term"])
        done = match.end()
    if done < len(source):
        yield nodes.Text(source[done:])


def drop_plain_marks(app, page, template, context, doctree):
    """Names, punctuation and operators have the colour of the text, and course.css draws the arrow of a fold.

    Without these marks a page is half as heavy.
    """
    if "body" in context:
        body = re.sub(r'<span class="(?:n|nn|o|p|w)">([^<]*)</span>', r"\1", context["body"])
        body = re.sub(r'<svg [^>]*class="sd-octicon.*?</svg>', "", body, flags=re.DOTALL)
        literal = r'class="docutils (literal notranslate)"><span class="pre">([^<]*)</span></'
        body = re.sub(literal, r'class="\1">\2</', body)
        context["body"] = re.sub(r'(class="[^"]*) docutils"', r'\1"', body)


def drop_unused_scripts(app, page, template, context, doctree):
    """No page has the tabs that sphinx-design has a script for."""
    context["script_files"] = [script for script in context["script_files"] if "design-tabs" not in script.filename]


def name_empty_headings(app, doctree):
    """The corner of a table is empty to the eye only."""
    for head in doctree.findall(nodes.thead):
        for entry in head.findall(nodes.entry):
            if not entry.astext():
                entry.children = [nodes.paragraph("", "", nodes.inline("", "what", classes=["visually-hidden"]))]


def setup(app):
    app.connect("doctree-read", name_empty_headings)
    app.connect("html-page-context", drop_plain_marks)
    app.connect("html-page-context", drop_unused_scripts, priority=900)
    app.add_html_math_renderer("mathml", (inline_math, None), (display_math, None))
    app.connect("doctree-resolved", link_terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
