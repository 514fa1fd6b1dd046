"""Settings of the website, read by Sphinx; tools/website.py writes the pages and starts it."""

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
_course = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))

project = "Neural Network Frameworks"
copyright = "the authors; code under the MIT licence, text and figures under CC BY 4.0"
language = "en"

extensions = ["myst_parser", "sphinx_design", "extension"]
exclude_patterns = ["copied"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
html_math_renderer = "mathml"

html_theme = "pydata_sphinx_theme"
html_title = "Neural Network Frameworks: PyTorch and TensorFlow, side by side"
html_favicon = "static/icon.svg"
html_static_path = ["static"]
templates_path = ["templates"]
html_extra_path = [str(HERE.parent / "build" / "pages" / "copied")]
html_css_files = ["course.css"]
html_js_files = [(name, {"defer": "defer"}) for name in ("course.js", "record.js", "ladder.js", "predict.js")]
html_use_index = False
html_search_scorer = str(HERE / "scorer.js")
html_copy_source = False
html_show_sphinx = False
html_sidebars = {"index": [], "**": ["lessons-nav.html"]}
html_theme_options = {
    "logo": {"text": "NN Frameworks", "alt_text": "Neural Network Frameworks, start page"},
    "navbar_center": [],
    "navbar_persistent": ["framework-switch", "search-button"],
    "navbar_end": ["theme-switcher"],
    "article_header_start": [],
    "primary_sidebar_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "search_bar_text": "Search the course",
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": ["repository"],
    "back_to_top_button": False,
}
# The theme without scripts; with them it is the reader's own, or the system's (templates/layout.html).
html_context = {"default_mode": "light", "repository": _course["tool"]["course"]["repository"]}
