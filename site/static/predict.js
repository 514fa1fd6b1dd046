"use strict";
// What the reader expects: of a run, "Before you run it", and of a task, "Predict what comes out". The record keeps the first
// prediction as the notebooks do. course.js and record.js come first; practice.js asks by `choices` and `outcome` too.

/** A question with its options as buttons: each tells its reason when it is pressed. The first one pressed is the answer;
 * `answered` gives what is told below it, `next` asks the next one. */
function choices(asked, options, answered, next) {
  const told = part("p"), verdict = part("div", { className: "verdict" });
  verdict.setAttribute("role", "status");
  const list = part("ul", { className: "options" }, ...options.map((option) => {
    const button = part("button", { type: "button", className: "option" }, ...option.shown);
    button.addEventListener("click", () => {
      button.classList.add(option.right ? "right" : "wrong");
      told.replaceChildren(part("strong", {}, option.right ? "✓ Right." : "✗ No."), ...option.told);
      if (verdict.firstChild) return;
      verdict.append(told, ...answered(option));
      if (!next) return;
      const more = part("button", { type: "button", className: "option" }, "The next one");
      more.addEventListener("click", next);
      verdict.append(more);
    });
    return part("li", {}, button);
  }));
  return part("div", { className: "quiz" }, ...asked, list, verdict);
}

/** {asked, options} of a task's question: what comes out of a right answer or, where its input is too large to be shown, of
 * the one that makes `mistake`. tools/outcomes.py has recorded it. */
function outcome(task, { asks, tried, call, right, wrong }, mistake) {
  const name = part("code", {}, task), check = () => part("code", {}, "check");
  const [named, , sentence] = wrong.find(([, other]) => other === mistake) ?? wrong[0];
  const wanted = asks === "mistake" ? named : right;
  const looks = [check(), ` looks at “${tried}”`];
  const asked = {
    call: () => [part("p", {}, "What does a right ", name, " give here?"), part("pre", { tabIndex: 0, ariaLabel: `A call of ${task}` }, call)],
    seen: () => [part("p", {}, ...looks, ". What does it see where ", name, " is right?")],
    mistake: () => [part("p", {}, ...looks, " and sees ", part("code", {}, right), " where ", name, " is right. To another answer it says: “", ...inline(sentence), "” What did it see there?")],
  }[asks]();
  const known = asks === "mistake" ? wrong : [...wrong, [right]];
  const options = known.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([text, slip, says]) => ({
    shown: [part("code", {}, text)],
    text,
    right: text === wanted,
    told: text === wanted ? [] : [" That comes out where ", check(), " says: “", ...inline(says), "”"],
    mistake: asks === "mistake" ? undefined : slip,
  }));
  return { asked, options };
}

/** Keep a prediction of what comes out of a task, and the mistake behind a wrong one. */
function keepOutcome(framework, task, { text, right, mistake }) {
  const key = `${framework}/outcome/${task}`;
  if (mistake && !("revealed" in (record.entries()[key] ?? {}))) record.met(`${framework}/${task}`, mistake);
  record.predicted(key, text, right);
}

(() => {
  /** What was typed, in the form in which it is kept and compared; null where it is of another kind. */
  const READ = {
    number: (text) => (text && Number.isFinite(Number(text.replace(",", "."))) ? Number(text.replace(",", ".")) : null),
    shape: (text) => (/^[([]?\s*(\d+\s*(,\s*\d+\s*)*,?)?\s*[)\]]?$/.test(text) ? (text.match(/\d+/g) ?? []).map(Number) : null),
    choice: (text, letters) => (letters.includes(text.toLowerCase()) ? text.toLowerCase() : null),
    order: (text, letters) => {
      const typed = text.toLowerCase().match(/[a-z]/g) ?? [];
      return [...typed].sort().join() === letters.join() ? typed.join(" ") : null;
    },
  };
  const shapeOf = (lengths) => `(${lengths.join(", ")}${lengths.length === 1 ? "," : ""})`;

  function start(form) {
    const asked = JSON.parse(form.dataset.prediction), letters = Object.keys(asked.options);
    const field = part("input", { type: "text", autocomplete: "off", size: 12 });
    const verdict = part("p", { className: "verdict" });
    verdict.setAttribute("role", "status");
    form.append(part("label", {}, `Your prediction: ${asked.form} `, field), part("button", { type: "submit" }, "Compare"), verdict);
    const shown = (answer) => ({ shape: () => shapeOf(answer), choice: () => `${answer}) ${asked.options[answer][0]}` })[asked.kind]?.() ?? String(answer);
    const isRight = (answer) => asked.kind === "number" ? Math.abs(answer - asked.right) <= asked.tolerance : String(answer) === String(asked.right);

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = READ[asked.kind](field.value.trim(), letters);
      if (answer === null) {
        verdict.textContent = `Type ${asked.form}.`;
        return;
      }
      const right = isRight(answer), because = asked.kind === "choice" && !right ? ` ${asked.options[answer][1]}` : "";
      verdict.replaceChildren(...inline(right ? `✓ You predicted ${shown(answer)}. That is right.` : `✗ You predicted ${shown(answer)}. It is ${asked.shown}.${because}`));
      const own = ["pytorch", "tensorflow"].find((name) => form.closest(`.only.${name}`)) ?? asked.framework ?? root.dataset.framework;
      record.predicted(`${own}/predict/${lesson.slice(3)}/${asked.name}`, answer, right);
      for (const fold of document.querySelectorAll(`details.${asked.guess}`)) fold.open = true;
    });
  }

  document.querySelectorAll(".predict").forEach(start);

  // --- below each task: predict what comes out ---

  const mark = (place, entry) => {
    const words = entry.right ? " ✓ predicted" : " (answered)";
    place.closest("details").querySelector(".sd-summary-text").append(part("span", { className: entry.right ? "solved" : "" }, words));
  };
  const entryOf = ({ framework, task }) => record.entries()[`${framework}/outcome/${task}`];

  let table;
  async function open(place) {
    try {
      table ??= fetch(`../practice/outcomes/${lesson}.json`).then((answer) => answer.json());
      const { framework, task } = record.taskOf(place), { asked, options } = outcome(task, (await table)[place.dataset.task]);
      place.replaceChildren(choices(asked, options, (option) => {
        const before = entryOf({ framework, task });
        keepOutcome(framework, task, option);
        if (!before && entryOf({ framework, task })) mark(place, option);
        return [];
      }));
    } catch {
      table = undefined;
      place.textContent = "The question could not be loaded. In the notebook, check says what a wrong answer gave.";
    }
  }

  for (const place of document.querySelectorAll(".outcome")) {
    const fold = place.closest("details"), entry = entryOf(record.taskOf(place));
    fold.addEventListener("toggle", () => fold.open && !place.querySelector(".quiz") && open(place));
    if (entry) mark(place, entry);
    if (place.id !== location.hash.slice(1)) continue;  // a link of the practice page
    fold.open = true;
    fold.scrollIntoView();
  }
})();
