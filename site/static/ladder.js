"use strict";
// Below each task: the lines of its solution in disorder. What is said to an order was recorded from the course's engine.
// course.js and record.js come first.

(() => {
  const KEPT = "course-practice";  // {"01_tensors pytorch softmax": "cag"}
  const puzzles = [...document.querySelectorAll(".ladder")];

  /** The letters that the browser keeps of a puzzle, if they still fit it. */
  function earlier(name, parts) {
    const order = kept(KEPT)[name], letters = typeof order === "string" ? [...order] : [];
    return letters.every((letter) => letter in parts) && new Set(letters).size === letters.length ? letters : [];
  }

  function keep(name, order) {
    try {  // other tabs may have written since
      localStorage.setItem(KEPT, JSON.stringify({ ...kept(KEPT), [name]: order }));
    } catch { /* no room, or not allowed: nothing is kept */ }
  }

  function keyOf(place) {
    const { framework, task } = record.taskOf(place);
    return `${framework}/${task}`;
  }

  const mark = (place) => {
    const summary = place.closest("details").querySelector(".sd-summary-text");
    if (!summary.querySelector(".solved")) summary.append(part("span", { className: "solved" }, " ✓ solved"));
  };

  function start(place, { head, parts, size, says, named }) {
    const key = place.dataset.task, task = key.split(" ")[1], name = `${lesson} ${key}`;
    const verdictOf = new Map(Object.entries(says).flatMap(([text, orders]) => orders.split(" ").map((order) => [order, text])));
    let letters = earlier(name, parts);
    const count = Object.keys(parts).length;
    const pool = part("ul", { className: "parts" }), answer = part("ol", { className: "parts answer" });
    const moved = part("p", { className: "visually-hidden", role: "status" });
    const verdict = part("p", { className: "says", role: "status" });
    const check = part("button", { type: "button", className: "check", textContent: "Check" });
    const again = part("button", { type: "button", className: "again", textContent: "Start again" });

    const code = (letter) => part("code", {}, parts[letter]);
    const small = (letter, words, sign, act, disabled) => {
      const button = part("button", { type: "button", textContent: sign, disabled });
      button.setAttribute("aria-label", `${words} line ${letter}`);
      button.addEventListener("click", act);
      return button;
    };

    function change(next, told, focus) {
      letters = next;
      keep(name, letters.join(""));
      verdict.textContent = "";
      verdict.className = "says";
      show();
      moved.textContent = told;
      place.querySelector(focus)?.focus();
    }

    function move(letter, by) {
      const from = letters.indexOf(letter), to = from + by;
      if (to < 0 || to >= letters.length) return;
      const next = letters.toSpliced(from, 1).toSpliced(to, 0, letter);
      change(next, `Line ${letter} is number ${to + 1} of ${next.length}.`, `.answer [data-letter=${letter}]`);
    }

    const add = (letter) => {
      const next = [...letters, letter];
      change(next, `Line ${letter} is number ${next.length} of your answer.`, ".parts:not(.answer) button");
    };

    const remove = (letter) => change(letters.filter((other) => other !== letter), `Line ${letter} is taken out.`, `.parts:not(.answer) [data-letter=${letter}]`);

    function show() {
      pool.replaceChildren(...Object.keys(parts).filter((letter) => !letters.includes(letter)).map((letter) => {
        const button = part("button", { type: "button", className: "line" }, part("span", { className: "letter" }, letter), code(letter));
        button.dataset.letter = letter;
        button.setAttribute("aria-label", `Add line ${letter}: ${parts[letter].trim()}`);
        button.addEventListener("click", () => add(letter));
        return part("li", {}, button);
      }));
      answer.replaceChildren(...letters.map((letter, number) => {
        const line = part("span", { className: "line", tabIndex: 0 }, part("span", { className: "letter" }, letter), code(letter));
        line.dataset.letter = letter;
        line.setAttribute("role", "group");
        line.setAttribute("aria-label", `Line ${letter}: ${parts[letter].trim()}`);
        line.addEventListener("keydown", (event) => {
          const act = { ArrowUp: () => move(letter, -1), ArrowDown: () => move(letter, 1), Delete: () => remove(letter), Backspace: () => remove(letter) }[event.key];
          if (!act) return;
          event.preventDefault();
          act();
        });
        return part("li", {}, line, part("span", { className: "moves" },
          small(letter, "Move up", "↑", () => move(letter, -1), number === 0),
          small(letter, "Move down", "↓", () => move(letter, 1), number === letters.length - 1),
          small(letter, "Take out", "✕", () => remove(letter), false)));
      }));
      check.disabled = letters.length === 0;
    }

    /** How far an order that nothing was recorded for goes along with one that is right. */
    function begun() {
      const shared = (order) => [...letters, ""].findIndex((letter, place) => letter !== order[place]);
      const right = Math.max(...[...verdictOf].filter(([, said]) => said.startsWith("✓")).map(([order]) => shared(order)));
      if (right === letters.length) return `Your ${right === 1 ? "line begins" : `${right} lines begin`} a right answer, and more follows there.`;
      return right ? `Your first ${right === 1 ? "line begins" : `${right} lines begin`} a right answer; after that, another line than ${letters[right]} comes there.` : `A right answer begins with another line than ${letters[0]}.`;
    }

    check.addEventListener("click", () => {
      const said = verdictOf.get(letters.join(""));
      const typed = `check("${task}", lines="${letters.join(" ")}")`;
      verdict.replaceChildren(...(said ? inline(said) : [`○ ${begun()} This page has no verdict on this order. The notebook runs it: `, part("code", {}, typed)]));
      verdict.className = `says ${said?.startsWith("✓") ? "right" : said?.startsWith("✗") ? "wrong" : ""}`;
      if (said?.startsWith("✗")) record.tried(keyOf(place), named[said], letters.join(""));
      if (!said?.startsWith("✓")) return;
      record.solved(keyOf(place));
      mark(place);
    });
    again.addEventListener("click", () => change([], "Your answer is empty.", ".parts:not(.answer) button"));

    place.replaceChildren(
      part("p", {}, `${size} of these ${count} ${size === 1 ? "is" : "make"} a right answer${size < count ? ", and the others are typical mistakes" : ""}. Press one to add it. In your answer, the arrow keys move it and Delete takes it out.`),
      pool, part("p", { className: "yours" }, "Your answer:"), part("code", { className: "head" }, head), answer,
      part("p", { className: "buttons" }, check, again), verdict, moved);
    show();
  }

  let table;
  async function open(place) {
    try {
      table ??= fetch(`../practice/${lesson}.json`).then((answer) => answer.json());
      start(place, (await table)[place.dataset.task]);
    } catch {
      table = undefined;
      place.textContent = "The lines could not be loaded. In the notebook, hint shows them after its hints.";
    }
  }

  for (const place of puzzles) {
    const fold = place.closest("details");
    fold.addEventListener("toggle", () => fold.open && !place.querySelector(".check") && open(place));
    if (record.entries()[keyOf(place)]?.solved) mark(place);
    if (place.id !== location.hash.slice(1)) continue;  // a link of the practice page
    fold.open = true;
    fold.scrollIntoView();
  }
})();
