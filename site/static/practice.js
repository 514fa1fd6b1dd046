"use strict";
// The practice page: what is due by the reader's record, questions of two kinds, what is open, and the record as a file.
// utils/review.py has the same rules for the notebooks. course.js, record.js and predict.js come first.

(() => {
  const [due, said, predicted, lessons, file] = [".due", ".asked", ".predicted", ".practice-lessons", ".record"].map((place) => document.querySelector(place));
  const loaded = {};  // {place: what is recorded there}
  const load = (place) => (loaded[place] ??= fetch(`practice/${place}.json`).then((answer) => answer.json()));
  const linesOf = load, outcomesOf = (name) => load(`outcomes/${name}`);
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
    const found = await question(["outcomes", "tasks"], (task, mistake) => index.mistakes[task]?.[mistake] === item.name, item);
    const more = now.length > 1 ? ` ${now.length - 1} more ${now.length === 2 ? "is" : "are"} due after it.` : "";
    const head = part("p", {}, part("strong", {}, title), `. You met this in ${item.times} ${item.times === 1 ? "answer" : "answers"}.${more}`);
    if (!found) return due.replaceChildren(head, part("p", {}, "This page has no question about it. The notebooks ask one: ", part("code", {}, "review()"), "."));
    due.replaceChildren(head, choices(found.asked, found.options, ({ right }) => {
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

  // --- questions ---

  const maker = {  // {kind of question: what makes one of a task}
    tasks: async (place, fits, seen) => {
      const { head, parts, says, named } = (await linesOf(place.lesson))[place.key];
      const all = Object.keys(named), times = (text) => seen[`site/${place.key}/${named[text]}`] ?? 0;
      const [text] = all.filter((said) => fits(place.task, named[said])).sort((one, other) => times(one) - times(other));
      if (!text || all.length < 2) return null;
      const [order] = says[text].split(" "), code = [head, ...[...order].map((letter) => parts[letter])].join("\n");
      const others = all.filter((other) => other !== text).slice(0, 2);
      return { key: `site/${place.key}/${named[text]}`, ...whatIsSaid(place.task, code, text, [text, ...others].sort()) };
    },
    outcomes: async (place, fits) => {
      const held = (await outcomesOf(place.lesson))[place.key];
      const met = held.wrong.map(([, mistake]) => mistake).find((mistake) => fits(place.task, mistake));
      return met ? { key: `site/${place.key}/outcome`, ...outcome(place.task, held, met) } : null;
    },
  };

  /** The question what `check` says to an answer: {asked, options}. */
  function whatIsSaid(task, code, right, texts) {
    const asked = [part("p", {}, "What does ", part("code", {}, `check("${task}")`), " say to this answer?"), part("pre", { tabIndex: 0, ariaLabel: `An answer to ${task}` }, code)];
    return { asked, options: texts.map((text) => ({ shown: inline(text.slice(2)), right: text === right, told: text === right ? [] : [" It says: ", ...inline(right.slice(2))] })) };
  }

  /** A question of one of the kinds about a mistake that `fits`, the one that speaks least against itself; null where there is none. */
  async function question(kinds, fits, { name, tasks: metIn = new Set() } = {}) {
    const entries = record.entries(), seen = entries[name && `review/${name}`]?.asked ?? {};
    const done = (task) => Boolean(entries[`${framework()}/${task}`]?.solved ?? entries[`neutral/${task}`]?.solved);
    const against = ({ kind, task, key }) => {
      const asked = Object.keys(seen).filter((other) => other.startsWith(`site/${key}/`) && other.endsWith("/outcome") === (kind === "outcomes"));
      return 4 * asked.length + 2 * (kind === "tasks" && !done(task)) + metIn.has(task);  // lines of a solution give it away
    };
    const chosen = kinds.flatMap((kind) => placesOf(kind).map((place) => ({ kind, ...place }))).filter(({ task }) => Object.keys(index.mistakes[task] ?? {}).some((mistake) => fits(task, mistake)));
    for (const place of chosen.sort((one, other) => against(one) - against(other))) {
      const found = await maker[place.kind](place, fits, seen);
      if (found) return { place, ...found };
    }
    return null;
  }

  /** Where the course has practice of a kind for the framework that is shown: {lesson, task, key}. */
  function placesOf(kind) {
    const all = Object.entries(index[kind]).flatMap(([name, tasks]) => Object.entries(tasks).map(([task, keys]) => ({ lesson: name, task, key: keys[framework()] ?? keys.neutral })));
    return all.filter(({ key }) => key);
  }

  /** A random question of a kind from the lessons up to the one that was read last. */
  async function ask(kind, place, answered) {
    const read = Object.entries(kept("course-read")).filter(([name, mark]) => mark?.time > 0 && name in index.tasks);
    const [last] = read.sort(([, one], [, other]) => other.time - one.time)[0] ?? ["01_tensors"];
    const names = Object.keys(index.tasks), reached = names.slice(0, Math.max(1, names.indexOf(last)) + 1);
    const places = placesOf(kind).filter(({ lesson: name }) => reached.includes(name));
    for (let tries = 0; tries < 20; tries++) {
      const { task } = places[Math.floor(Math.random() * places.length)], mistakes = Object.keys(index.mistakes[task] ?? {});
      const mistake = mistakes[Math.floor(Math.random() * mistakes.length)];
      const found = await question([kind], (name, other) => name === task && (kind === "outcomes" || other === mistake));
      if (found) return place.replaceChildren(choices(found.asked, found.options, (option) => answered(found.place, option), () => ask(kind, place, answered)));
    }
  }

  function askAll() {
    ask("tasks", said, () => []);
    ask("outcomes", predicted, ({ task, key }, option) => {
      keepOutcome(key.startsWith("neutral") ? "neutral" : framework(), task, option);
      showOpen();
      return [];
    });
  }

  // --- what is open, and the record as a file ---

  function showOpen() {
    const entries = record.entries(), of = (task) => [framework(), "neutral"].map((own) => entries[`${own}/${task}`]);
    const kinds = {
      tasks: { words: "solved", at: "", done: (task) => of(task).some((entry) => entry?.solved) },
      outcomes: { words: "predicted", at: "outcome-", done: (task) => of(`outcome/${task}`).some((entry) => entry?.revealed) },
    };
    for (const [kind, { words, at, done }] of Object.entries(kinds)) {
      const places = placesOf(kind);
      for (const item of lessons.querySelectorAll("[data-lesson]")) {
        const own = places.filter((place) => place.lesson === item.dataset.lesson), open = own.filter(({ task }) => !done(task));
        const links = open.map(({ task, key }) => part("a", { href: `lessons/${item.dataset.lesson}.html?framework=${framework()}#${at}${key.replace(" ", "-")}` }, part("code", {}, task)));
        const told = open.length ? `${own.length - open.length} of ${own.length} ${words}. Open: ` : `✓ all ${own.length} ${words}`;
        item.querySelector(`[data-kind=${kind}]`)?.replaceChildren(told, ...links.flatMap((link, number) => (number ? [", ", link] : [link])));
      }
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
    askAll();
    addEventListener("storage", (event) => event.key === "course-record" && show());  // another tab
    new MutationObserver(() => (show(), askAll())).observe(root, { attributeFilter: ["data-framework"] });
  }).catch(() => due.replaceChildren("The questions could not be loaded. Open this page from a web server, or ask for a review in a notebook."));
})();
