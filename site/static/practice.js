"use strict";
// The practice page: what is due by the reader's record, a question of the kind "what will check say?", what is open, and
// the record as a file. utils/review.py has the same rules for the notebooks. course.js and record.js come first.

(() => {
  const [due, asked, lessons, file] = [".due", ".asked", ".practice-lessons", ".record"].map((place) => document.querySelector(place));
  const lines = {};  // {lesson: {"framework task": its lines and what is said to their orders}}
  const linesOf = (name) => (lines[name] ??= fetch(`practice/${name}.json`).then((answer) => answer.json()));
  const inDays = (count) => `${count} day${count === 1 ? "" : "s"}`;
  const framework = () => root.dataset.framework;
  let index;

  // --- what is due ---

  /** The misconceptions that were met: {name, times, box, due: a time, or null at rest}, the first one first. */
  function items() {
    const entries = record.entries(), met = {};
    for (const [key, entry] of Object.entries(entries)) {
      for (const [mistake, count] of Object.entries(entry.mistakes ?? {})) {
        const task = key.slice(key.indexOf("/") + 1), name = index.mistakes[task]?.[mistake];
        if (!name) continue;  // a task or a mistake that is no more
        const one = (met[name] ??= { name, times: 0, last: null, tasks: new Set() });
        one.times += count;
        one.last = Math.max(one.last, Date.parse(entry.met?.[mistake]) || null) || null;
        one.tasks.add(task);
      }
    }
    return Object.values(met).map((one) => ({ ...one, ...dueOf(one.last, entries[`review/${one.name}`] ?? {}) }))
      .sort((one, other) => one.box - other.box || other.times - one.times || (one.name < other.name ? -1 : 1));
  }

  function dueOf(last, { reviewed, box = 0 }) {
    let from = Date.parse(reviewed) || null, place = Math.min(Math.max(box, 0), index.days.length);
    if (from === null || (last && last > from)) [from, place] = [last, 0];
    if (from === null || from > Date.now()) return { box: place, due: Date.now() };  // long ago, or by a clock set back since
    return { box: place, due: place < index.days.length ? from + index.days[place] * 86_400_000 : null };
  }

  async function showDue() {
    const all = items(), now = all.filter((item) => item.due !== null && item.due <= Date.now());
    if (!now.length) {
      due.replaceChildren(part("p", { role: "status" }, nothingDue(all)));
      return;
    }
    const [item] = now, { title, because } = index.misconceptions[item.name];
    const found = await question((task, mistake) => index.mistakes[task]?.[mistake] === item.name, item);
    const more = now.length > 1 ? ` ${now.length - 1} more ${now.length === 2 ? "is" : "are"} due after it.` : "";
    const head = part("p", {}, part("strong", {}, title), `. You met this in ${item.times} ${item.times === 1 ? "answer" : "answers"}.${more}`);
    if (!found) return due.replaceChildren(head, part("p", {}, "This page has no question about it. The notebooks ask one: ", part("code", {}, "review()"), "."));
    due.replaceChildren(head, asking(found, (right) => {
      const box = right ? item.box + 1 : 0;
      record.reviewed(item.name, found.key, box);
      const again = box < index.days.length ? `It comes back in ${inDays(index.days[box])}.` : "It rests until you meet it again.";
      return [part("p", {}, ...inline(because.trim())), part("p", {}, again)];
    }, now.length > 1 && showDue));
  }

  function nothingDue(all) {
    const [next] = all.filter((item) => item.due !== null).sort((one, other) => one.due - other.due);
    if (!next) return "Nothing is due. It comes back to mistakes that you make in the tasks, a day or more after them.";
    const days = Math.max(1, Math.round((next.due - Date.now()) / 86_400_000));
    return `Nothing is due. “${index.misconceptions[next.name].title}” comes in ${inDays(days)}.`;
  }

  // --- what will check say? ---

  /** An order of lines that `check` says a mistake's sentence to, and three sentences; null where there is none. */
  async function question(fits, { name, tasks: metIn = new Set() } = {}) {
    const entries = record.entries(), seen = entries[name && `review/${name}`]?.asked ?? {};
    const done = (task) => Boolean(entries[`${framework()}/${task}`]?.solved ?? entries[`neutral/${task}`]?.solved);
    const places = Object.entries(index.tasks).flatMap(([lesson, tasks]) => Object.entries(tasks).map(([task, keys]) => ({ lesson, task, key: keys[framework()] ?? keys.neutral })));
    const chosen = places.filter(({ task, key }) => key && Object.keys(index.mistakes[task] ?? {}).some((mistake) => fits(task, mistake)));
    const against = ({ task, key }) => 4 * Object.keys(seen).filter((other) => other.startsWith(`site/${key}/`)).length + 2 * !done(task) + metIn.has(task);
    for (const { lesson, task, key } of chosen.sort((one, other) => against(one) - against(other))) {
      const { head, parts, says, named } = (await linesOf(lesson))[key];
      const all = Object.keys(named), wrong = all.filter((text) => fits(task, named[text])).sort((one, other) => (seen[`site/${key}/${named[one]}`] ?? 0) - (seen[`site/${key}/${named[other]}`] ?? 0));
      if (!wrong.length || all.length < 2) continue;
      const [text] = wrong, [order] = says[text].split(" ");
      const others = all.filter((other) => other !== text).slice(0, 2);
      return { task, key: `site/${key}/${named[text]}`, code: [head, ...[...order].map((letter) => parts[letter])].join("\n"), right: text, options: [text, ...others].sort() };
    }
    return null;
  }

  /** The question on the page; `answered` gives what is told below the verdict, `next` asks the next one. */
  function asking({ task, code, right, options }, answered, next) {
    const verdict = part("div", { className: "verdict" });
    verdict.setAttribute("role", "status");
    const list = part("ul", { className: "options" }, ...options.map((text) => {
      const button = part("button", { type: "button", className: "option" }, ...inline(text.slice(2)));
      button.addEventListener("click", () => {
        if (verdict.firstChild) return;  // the first answer counts
        const isRight = text === right;
        button.classList.add(isRight ? "right" : "wrong");
        verdict.append(part("p", {}, part("strong", {}, isRight ? "✓ Right." : "✗ No."), ...(isRight ? [] : [" It says: ", ...inline(right.slice(2))])), ...answered(isRight));
        if (!next) return;
        const more = part("button", { type: "button", className: "option" }, "The next one");
        more.addEventListener("click", next);
        verdict.append(more);
      });
      return part("li", {}, button);
    }));
    const source = part("pre", { tabIndex: 0 }, code);
    source.setAttribute("aria-label", `An answer to ${task}`);
    return part("div", { className: "quiz" }, part("p", {}, "What does ", part("code", {}, `check("${task}")`), " say to this answer?"), source, list, verdict);
  }

  /** A question from the lessons up to the one that was read last. */
  async function ask() {
    const read = Object.entries(kept("course-read")).filter(([name, place]) => place?.time > 0 && name in index.tasks);
    const [last] = read.sort(([, one], [, other]) => other.time - one.time)[0] ?? ["01_tensors"];
    const names = Object.keys(index.tasks), reached = names.slice(0, Math.max(1, names.indexOf(last)) + 1);
    const tasks = reached.flatMap((name) => Object.keys(index.tasks[name]));
    for (let tries = 0; tries < 20; tries++) {
      const task = tasks[Math.floor(Math.random() * tasks.length)], mistakes = Object.keys(index.mistakes[task] ?? {});
      const mistake = mistakes[Math.floor(Math.random() * mistakes.length)];
      const found = await question((name, other) => name === task && other === mistake);
      if (found) return asked.replaceChildren(asking(found, () => [], ask));
    }
  }

  // --- what is open, and the record as a file ---

  function showOpen() {
    const entries = record.entries();
    for (const item of lessons.querySelectorAll("[data-lesson]")) {
      const own = Object.entries(index.tasks[item.dataset.lesson] ?? {}).map(([task, keys]) => ({ task, key: keys[framework()] ?? keys.neutral })).filter(({ key }) => key);
      const open = own.filter(({ task }) => !entries[`${framework()}/${task}`]?.solved && !entries[`neutral/${task}`]?.solved);
      const links = open.map(({ task, key }) => part("a", { href: `lessons/${item.dataset.lesson}.html?framework=${framework()}#${key.replace(" ", "-")}` }, part("code", {}, task)));
      const said = open.length ? `${own.length - open.length} of ${own.length} solved. Open: ` : `✓ all ${own.length} solved`;
      item.querySelector(".open").replaceChildren(said, ...links.flatMap((link, number) => (number ? [", ", link] : [link])));
    }
  }

  file.querySelector(".save").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([record.text()], { type: "application/json" }));
    part("a", { href: address, download: "progress.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
  file.querySelector("input").addEventListener("change", async ({ target }) => {
    const [chosen] = target.files;
    if (!chosen) return;
    const said = chosen.size > 5_000_000 ? "This file is too large to be a record of the course. Nothing was changed." : record.add(await chosen.text());
    file.querySelector("[role=status]").textContent = said;
    target.value = "";
    show();
  });

  function show() {
    if (!index) return;
    showDue();
    showOpen();
  }

  fetch("practice/index.json").then((answer) => answer.json()).then((found) => {
    index = found;
    show();
    ask();
    addEventListener("storage", (event) => event.key === "course-record" && show());  // another tab
    new MutationObserver(() => (show(), ask())).observe(root, { attributeFilter: ["data-framework"] });
  }).catch(() => due.replaceChildren("The questions could not be loaded. Open this page from a web server, or ask for a review in a notebook."));
})();
