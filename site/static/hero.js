"use strict";
// The start page's softmax: two lines to fill in. What is said to each filling was recorded from the course's engine.

(() => {
  const { code, fillings } = JSON.parse(document.getElementById("fillings").textContent);
  const hero = document.querySelector(".hero");
  const names = { pytorch: "PyTorch", tensorflow: "TensorFlow" };
  const part = (tag, className, ...content) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...content);
    return node;
  };
  const shown = (number) => (number === null ? "nan" : number.toFixed(4));

  /** The function's lines, each a block, so that a phone breaks them as an editor does. */
  function lines(framework, exponentials, sums) {
    const { [framework]: own } = code;
    return [["def softmax(logits):"], ["    exponentials = ", part("mark", "", own.exponentials[exponentials])],
      ["    return exponentials / ", part("mark", "", own.sums[sums])]].map((line) => part("span", "code-line", ...line));
  }

  /** The result with the sums of its rows and columns; a sum of 1 is lit. */
  function table({ logits, result }) {
    const head = `softmax([${logits.map((row) => `[${row.join(", ")}]`).join(", ")}])`;
    if (result === null) return part("p", "", part("code", "", head), " stops with an error");
    const sum = (numbers) => (numbers.includes(null) ? null : numbers.reduce((one, other) => one + other, 0));
    const summed = (numbers) => {
      const total = sum(numbers), isOne = total !== null && Math.abs(total - 1) < 0.0005; // each number is rounded
      return part("td", isOne ? "sum one" : "sum", isOne ? "✓ 1" : shown(total));
    };
    const columns = result[0].map((_, column) => result.map((row) => row[column]));
    const header = part("tr", "", ...columns.map((_, i) => part("th", "", `class ${i}`)), part("th", "", "sum of the row"));
    header.childNodes.forEach((cell) => (cell.scope = "col"));
    const rows = result.map((row) => part("tr", "", ...row.map((number) => part("td", "", shown(number))), summed(row)));
    const last = part("tr", "columns", ...columns.map(summed), part("td", "sum", "sums of the columns"));
    return part("table", "", part("caption", "", part("code", "", head)), part("thead", "", header), part("tbody", "", ...rows, last));
  }

  function show() {
    const chosen = (slot) => Number(hero.querySelector(`input[name=${slot}]:checked`).value);
    const exponentials = chosen("exponentials"), sums = chosen("sums");
    const framework = document.documentElement.dataset.framework, other = framework === "pytorch" ? "tensorflow" : "pytorch";
    const filling = fillings.find((one) => one.exponentials === exponentials && one.sums === sums);
    hero.querySelector("pre").replaceChildren(...lines(framework, exponentials, sums));
    for (const slot of ["exponentials", "sums"]) {
      hero.querySelectorAll(`input[name=${slot}]`).forEach((input, i) => (input.parentNode.querySelector("code").textContent = code[framework][slot][i]));
    }
    const says = hero.querySelector(".says");
    says.textContent = `${filling.right ? "✓" : "✗"} softmax: ${filling.says[framework]}`;
    says.classList.toggle("right", filling.right);
    hero.querySelector(".hero-table").replaceChildren(table(filling));
    const twin = hero.querySelector(".hero-twin");
    twin.hidden = !filling.right;
    twin.replaceChildren(part("p", "", `The same in ${names[other]}, with the same numbers to 4 digits:`), part("pre", "", ...lines(other, exponentials, sums)));
    twin.querySelector("pre").tabIndex = 0;
  }

  hero.addEventListener("change", show);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-framework"] });
  show();
})();
