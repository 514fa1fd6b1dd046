"use strict";
// What the reader has done, kept in this browser in the form of the course's own record: utils/progress.py says what an
// entry holds. {"version": 1, "entries": {"pytorch/softmax": {...}}} What a page asks to predict of a task stands in an
// entry of its own, "pytorch/outcome/softmax".

const record = (() => {
  const KEPT = "course-record", VERSION = 1;
  const is = {
    text: (value) => typeof value === "string",
    count: (value) => Number.isInteger(value),
    flag: (value) => typeof value === "boolean",
    counts: (value) => isTable(value) && Object.values(value).every(Number.isInteger),
    table: (value) => isTable(value),
  };
  const FIELDS = { solved: "text", tries: "count", mistakes: "counts", last: "text", hints: "count", time: "text", right: "flag", revealed: "text", met: "table", reviewed: "text", box: "count", asked: "counts" };
  const isTable = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isGood = (entry) => isTable(entry) && Object.entries(FIELDS).every(([name, kind]) => !Object.hasOwn(entry, name) || is[kind](entry[name]));

  /** {entries: those of a text that are good, left: how many are not}; null where it is no record, "newer" where a newer course wrote it. */
  function parse(text) {
    let whole;
    try {
      whole = JSON.parse(text);
    } catch {
      return null;
    }
    if (!isTable(whole) || !Number.isInteger(whole.version) || !isTable(whole.entries)) return null;
    if (whole.version > VERSION) return "newer";
    const all = Object.entries(whole.entries), good = all.filter(([, entry]) => isGood(entry));
    return { entries: Object.fromEntries(good), left: all.length - good.length };
  }

  const written = (entries) => `${JSON.stringify({ version: VERSION, entries })}\n`;

  function entries() {
    try {
      const text = localStorage.getItem(KEPT), found = text && parse(text);
      if (text && (!found?.entries || found.left)) localStorage.setItem(`${KEPT}-damaged`, text);  // what is overwritten next stays there
      return found?.entries ?? {};
    } catch {
      return {};
    }
  }

  /** Change an entry as it is now, whatever another tab has written since. */
  function change(key, how) {
    const all = entries();
    how((all[key] = Object.hasOwn(all, key) ? all[key] : {}));
    return keep(all);
  }

  function keep(all) {
    try {
      localStorage.setItem(KEPT, written(all));
      return true;
    } catch {  // no room, or not allowed: nothing is kept
      return false;
    }
  }

  const now = () => new Date().toISOString().replace(/\.\d+Z$/, "+00:00");

  function solved(key) {
    return change(key, (entry) => (entry.solved ??= now()));
  }

  /** Note a wrong answer and the mistake that it is; the same one again is no new try. */
  function tried(key, mistake, answer) {
    if (entries()[key]?.last === answer) return;
    change(key, (entry) => Object.assign(entry, { tries: (entry.tries ?? 0) + 1, last: answer }));
    if (mistake) met(key, mistake);
  }

  /** Note a mistake that was met, so that it comes back. */
  function met(key, mistake) {
    change(key, (entry) => {
      (entry.mistakes ??= {})[mistake] = (entry.mistakes[mistake] ?? 0) + 1;
      (entry.met ??= {})[mistake] = now();
    });
  }

  /** Note what was expected of a run, and that it was told what came out; the first time stays. */
  function predicted(key, answer, right) {
    change(key, (entry) => "revealed" in entry || Object.assign(entry, { predicted: answer, right, time: now(), revealed: now() }));
  }

  function reviewed(misconception, question, box) {
    change(`review/${misconception}`, (entry) => {
      Object.assign(entry, { box, reviewed: now() });
      (entry.asked ??= {})[question] = (entry.asked[question] ?? 0) + 1;
    });
  }

  // Adding the same record twice changes nothing: counts do not add up, the larger one stays.
  const larger = (one, other) => Math.max(one ?? 0, other ?? 0);
  const later = (one, other) => [one, other].filter(is.text).sort((a, b) => (Date.parse(a) || 0) - (Date.parse(b) || 0)).at(-1);
  const each = (one = {}, other = {}, join) => Object.fromEntries(Object.keys({ ...one, ...other }).map((name) => [name, join(one[name], other[name])]));

  function joined(mine, other) {
    const newer = later(mine.reviewed ?? mine.time ?? "", other.reviewed ?? other.time ?? "") === (mine.reviewed ?? mine.time ?? "") ? mine : other;
    const made = { ...mine, ...other, ...newer };
    for (const name of ["tries", "hints"]) if (name in made) made[name] = larger(mine[name], other[name]);
    for (const name of ["mistakes", "asked"]) if (name in made) made[name] = each(mine[name], other[name], larger);
    if ("met" in made) made.met = each(mine.met, other.met, later);
    for (const name of ["solved", "revealed"]) if (name in made) made[name] = [mine[name], other[name]].filter(Boolean).sort()[0];  // the first time stays
    return made;
  }

  /** Add a file's entries to what is known; returns what was done, in a sentence. */
  function add(text) {
    const found = parse(text);
    if (found === "newer") return "A newer version of the course wrote this file. Nothing was changed.";
    if (!found) return "This file is not a record of the course. Nothing was changed.";
    const all = entries(), names = Object.keys(found.entries);
    for (const key of names) all[key] = Object.hasOwn(all, key) ? joined(all[key], found.entries[key]) : found.entries[key];
    if (!keep(all)) return "Your browser does not let this page keep anything. Nothing was changed.";
    const left = found.left ? ` ${found.left} damaged ${found.left === 1 ? "entry was" : "entries were"} left out.` : "";
    return `${names.length} ${names.length === 1 ? "entry was" : "entries were"} added to what this browser knows.${left}`;
  }

  /** The marks that an older version of this site kept, {"01_tensors pytorch softmax": {order, solved}}: what is solved goes
   * to the record, the order alone stays, in the form of today. What has another form is left as it is. */
  function carryOver() {
    const old = kept("course-practice"), orders = {};
    for (const [name, mark] of Object.entries(old)) {
      const [, framework, task] = name.match(/^\d\d_\w+ (pytorch|tensorflow|neutral) (\w+)$/) ?? [];
      if (!task || !isTable(mark)) continue;
      if (mark.solved === true && !solved(`${framework}/${task}`)) return;
      orders[name] = is.text(mark.order) ? mark.order : undefined;
    }
    if (Object.keys(orders).length) localStorage.setItem("course-practice", JSON.stringify({ ...old, ...orders }));
  }

  try {
    carryOver();
  } catch { /* no room, or not allowed: the next visit tries again */ }

  /** The name of the task in the record that a place on the page is about: what both frameworks share counts for the one shown. */
  function taskOf(place) {
    const [own, task] = place.dataset.task.split(" ");
    return { framework: own === "neutral" || place.closest(".only") ? own : root.dataset.framework, task };
  }

  return { entries, solved, tried, met, predicted, reviewed, add, taskOf, text: () => written(entries()) };
})();
