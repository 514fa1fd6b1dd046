"use strict";
// The switch between the frameworks and the quiz. layout.html has set the choice before the first paint.

const root = document.documentElement;

function showChoice() {
  const both = "both" in root.dataset && matchMedia("(min-width: 1200px)").matches;
  const chosen = both ? "both" : root.dataset.framework;
  for (const button of document.querySelectorAll("[data-choose]")) {
    button.setAttribute("aria-pressed", String(button.dataset.choose === chosen));
  }
}

/** Keep what the reader looks at in its place while text above it changes its height. */
function keepInPlace(anchor, change) {
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (anchor) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
}

/** The first shared block below the header; the choice does not hide it. */
function firstInView() {
  const blocks = document.querySelectorAll("article :is(h1, h2, h3, p, .pair, .highlight, .row-of-two)");
  return [...blocks].find((block) => !block.closest(".only") && block.getBoundingClientRect().bottom > 80);
}

function choose(choice) {
  if (choice === "both") {
    root.dataset.both = "yes";
  } else {
    root.dataset.framework = choice;
    delete root.dataset.both;
  }
  try {
    localStorage.setItem("framework", root.dataset.framework);
    choice === "both" ? localStorage.setItem("framework-both", "yes") : localStorage.removeItem("framework-both");
  } catch { /* no room, or not allowed: the choice is this page's only */ }
  const address = new URL(location);
  if (address.searchParams.has("framework")) {  // or a reload would undo the choice
    address.searchParams.set("framework", choice);
    history.replaceState(null, "", address);
  }
  showChoice();
  findScrolling();
}

/** The theme makes what scrolls reachable by keys when the window changes; more is shown after a choice or in a fold. */
const findScrolling = () => dispatchEvent(new Event("resize"));

function addTabs(pair) {
  const tabs = document.createElement("div");
  tabs.className = "tabs";
  tabs.setAttribute("role", "group");
  tabs.setAttribute("aria-label", "Framework");
  for (const [framework, name] of [["pytorch", "PyTorch"], ["tensorflow", "TensorFlow"]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: name });
    button.dataset.choose = framework;
    tabs.append(button);
  }
  pair.prepend(tabs);
}

/** Make the options of a question buttons; the explanation of the one that is pressed moves below them. */
function startQuiz(quiz) {
  const verdict = document.createElement("div");
  verdict.className = "verdict";
  verdict.setAttribute("role", "status");
  let putBack = () => {};
  for (const item of quiz.querySelectorAll("[data-option]")) {
    const [text, folded] = item.children;
    const because = folded.querySelector(".because");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "option" });
    button.dataset.option = item.dataset.option;
    button.append(...text.childNodes);
    button.addEventListener("click", () => {
      putBack();
      verdict.replaceChildren(because);
      button.classList.add("right" in item.dataset ? "right" : "wrong");
      putBack = () => {
        folded.append(because);
        button.classList.remove("right", "wrong");
      };
    });
    text.replaceWith(button);
  }
  quiz.append(verdict);
  quiz.classList.add("live");
}

/** A button that copies a block of code, with its lines as they are. */
function addCopy(block) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "copy pst-js-only", textContent: "Copy" });
  button.addEventListener("click", async () => {
    const done = await navigator.clipboard.writeText(block.querySelector("pre").textContent).then(() => "Copied", () => "Not copied");
    button.textContent = done;
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  block.append(button);
}

function part(tag, options = {}, ...content) {
  const node = Object.assign(document.createElement(tag), options);
  node.append(...content);
  return node;
}

/** A sentence of `check`, in which only `code` is marked up. */
const inline = (text) => text.split("`").map((piece, number) => (number % 2 ? part("code", {}, piece) : piece));

/** What the browser keeps for the course under a name; {} where that is missing, damaged or not allowed. */
function kept(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name));
    return found && typeof found === "object" ? found : {};
  } catch {
    return {};
  }
}

// How far each lesson is read: {"06_overfitting": {share, section, title}}. It stays in this browser.
const LESSON = /lessons\/(\d\d_\w+)\.html/;
const lesson = location.pathname.match(LESSON)?.[1];

function markReading() {
  const bar = document.createElement("div");
  bar.className = "reading";
  document.querySelector("header").append(bar);
  const headings = [...document.querySelectorAll("article section > :is(h2, h3)")];
  let waiting = 0;
  const note = () => {
    waiting = 0;
    const share = Math.min(1, scrollY / Math.max(1, root.scrollHeight - innerHeight));
    bar.style.setProperty("--read", share);
    const section = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
    if (!section) return;
    const title = section.firstChild.textContent.trim();
    try {  // other tabs may have written since
      localStorage.setItem("course-read", JSON.stringify({ ...kept("course-read"), [lesson]: { share, section: section.parentNode.id, title, time: Date.now() } }));
    } catch { /* no room, or not allowed: nothing is kept */ }
  };
  addEventListener("scroll", () => (waiting ||= setTimeout(note, 200)), { passive: true });
}

function showReading() {
  const read = Object.entries(kept("course-read")).filter(([, place]) => place?.share > 0 && place.share <= 1 && place.time > 0 && typeof place.section === "string");
  for (const link of document.querySelectorAll(".lessons-nav a")) {
    const found = read.find(([name]) => link.href.includes(`/${name}.html`) || (name === lesson && link.getAttribute("href") === "#"));
    if (!found) continue;
    const mark = document.createElement("span");
    Object.assign(mark, { className: "read", textContent: `${Math.round(100 * found[1].share)} %` });
    link.append(mark);
  }
  const place = document.querySelector(".continue");
  const [name, last] = read.sort(([, one], [, other]) => other.time - one.time)[0] ?? [];
  const listed = [...document.querySelectorAll(".path a")].find((link) => link.href.includes(`/${name}.html`));
  if (!place || !listed) return;  // nothing read yet, or a lesson that is no more
  const link = document.createElement("a");
  link.href = `${listed.href}#${encodeURIComponent(last.section)}`;
  link.textContent = `${listed.textContent}: ${last.title}`;
  place.append("Continue with ", link);
  place.hidden = false;
}

/** What tells the answer to a guess appears with the output that it speaks of. */
function hideTold(fold) {
  const guess = [...fold.classList].find((name) => name.startsWith("guess-"));
  const told = document.querySelectorAll(`.told.${guess}`);
  told.forEach((text) => (text.hidden = true));
  fold.addEventListener("toggle", () => told.forEach((text) => (text.hidden = false)), { once: true });
}

/** A term's definition beside it; the glossary's own page where that cannot be had. */
const glossary = {};
async function define(link) {
  const [page, anchor] = link.href.split("#");
  const text = await (glossary[page] ??= fetch(page).then((answer) => answer.text()));
  const term = new DOMParser().parseFromString(text, "text/html").getElementById(decodeURIComponent(anchor));
  let definition = term;
  while (definition?.matches("dt")) definition = definition.nextElementSibling;
  const box = document.createElement("div");
  Object.assign(box, { className: "definition", popover: "auto", role: "note" });
  const name = document.createElement("strong"), said = document.createElement("p"), more = document.createElement("a");
  name.textContent = term.firstChild.textContent.trim();
  said.append(name, ": ", definition.textContent.replace(/\s*\(lesson \d\d\)\s*$/, ""));
  Object.assign(more, { href: link.href, textContent: "In the glossary" });
  box.append(said, more);
  link.after(box);
  box.addEventListener("toggle", (event) => event.newState === "closed" && (box.remove(), link.focus({ preventScroll: true })));
  box.addEventListener("keydown", (event) => event.key === "Escape" && box.hidePopover());
  box.showPopover();
  const place = link.getBoundingClientRect(), size = box.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(place.left, root.clientWidth - size.width - 8))}px`;
  box.style.top = `${place.bottom + size.height + 8 < innerHeight ? place.bottom + 6 : place.top - size.height - 6}px`;
  more.focus({ preventScroll: true });
}

/** Search: below each page found, the sections that speak most of what is sought. Sphinx fetches the page for its summary. */
function findSections() {
  const summary = Search.makeSearchSummary;
  Search.makeSearchSummary = (html, words, anchor) => {
    const shown = summary.call(Search, html, words, anchor) ?? document.createElement("p");
    const page = new DOMParser().parseFromString(html, "text/html");
    const name = page.querySelector("meta[name='course-page']")?.content;
    const count = (section) => {
      const own = [...section.children].filter((child) => !child.matches("section")).map((child) => child.textContent.toLowerCase()).join(" ");
      const title = section.querySelector("h2, h3, h4").textContent.toLowerCase();
      return [...words].reduce((sum, word) => sum + own.split(word.toLowerCase()).length - 1 + (title.includes(word.toLowerCase()) ? 100 : 0), 0);
    };
    const found = [...page.querySelectorAll("article section section")].filter((section) => section.querySelector("h2, h3, h4")).map((section) => [count(section), section]).filter(([hits]) => hits > 0);
    const list = document.createElement("ul");
    list.className = "sections";
    for (const [, section] of found.sort(([one], [other]) => other - one).slice(0, anchor ? 0 : 3)) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `${name}.html#${section.id}`;
      link.textContent = section.querySelector("h2, h3, h4").firstChild.textContent.trim();
      item.append(link);
      list.append(item);
    }
    if (list.children.length) shown.append(list);
    return shown;
  };
}

document.querySelectorAll("article .highlight").forEach((block) => !block.closest(".output") && addCopy(block));
document.querySelectorAll("details.answer").forEach(hideTold);
if (lesson) markReading();
showReading();
if (typeof Search !== "undefined") findSections();
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.term");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !("popover" in link)) return;
  event.preventDefault();
  define(link).catch(() => location.assign(link.href));
});
for (const menu of document.querySelectorAll(".color-mode")) {
  const close = () => (menu.open = false);
  menu.querySelector("ul").addEventListener("click", close);
  menu.addEventListener("focusout", (event) => menu.contains(event.relatedTarget) || close());
  menu.addEventListener("keydown", (event) => event.key === "Escape" && (close(), menu.querySelector("summary").focus()));
}
document.addEventListener("toggle", findScrolling, true);
document.querySelectorAll(".pair.with-tabs").forEach(addTabs);
document.querySelectorAll(".quiz").forEach(startQuiz);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  keepInPlace(button.closest(".tabs") ?? firstInView(), () => choose(button.dataset.choose));
});
matchMedia("(min-width: 1200px)").addEventListener("change", showChoice);
showChoice();
