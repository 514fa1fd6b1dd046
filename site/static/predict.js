"use strict";
// "Before you run it": a field for what the reader expects. The verdict opens the output and what explains it; the record
// keeps the prediction as the notebooks do. course.js and record.js come first.

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
})();
