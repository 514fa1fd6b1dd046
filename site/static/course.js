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
    localStorage.setItem("framework-both", "yes");
  } else {
    root.dataset.framework = choice;
    delete root.dataset.both;
    localStorage.setItem("framework", choice);
    localStorage.removeItem("framework-both");
  }
  const address = new URL(location);
  if (address.searchParams.has("framework")) {  // or a reload would undo the choice
    address.searchParams.set("framework", choice);
    history.replaceState(null, "", address);
  }
  showChoice();
}

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

const isShown = (node) => getComputedStyle(node.closest(".only") ?? node.parentElement).display !== "none";

/** Make the options of a question buttons, and show the explanation of the one that is pressed. */
function startQuiz(quiz) {
  const verdict = document.createElement("p");
  verdict.className = "verdict";
  verdict.setAttribute("role", "status");
  const makeOption = (item, option, content) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "option" });
    button.dataset.option = option;
    button.append(...content);
    button.addEventListener("click", () => answer(quiz, verdict, option));
    item.replaceChildren(button);
    item.parentElement.classList.add("options");
  };
  for (const item of quiz.querySelectorAll("li:not(.answers li)")) {
    const option = /^\s*([a-z])\)/.exec(item.textContent)?.[1];
    const content = item.firstElementChild?.tagName === "P" ? item.firstElementChild : item;
    if (option) makeOption(item, option, content.childNodes);
  }
  if (!quiz.querySelector(".options")) {  // the options stand above, once for several questions: letters are enough
    const list = document.createElement("ul");
    list.className = "letters";
    for (const { dataset: { option } } of quiz.querySelector(".answers").querySelectorAll("[data-option]")) {
      makeOption(list.appendChild(document.createElement("li")), option, [`${option})`]);
    }
    quiz.append(list);
  }
  quiz.append(verdict);
  quiz.classList.add("live");
}

function answer(quiz, verdict, option) {
  const answers = [...quiz.querySelectorAll(".answers")].find(isShown);
  const right = answers.dataset.right === option;
  const because = answers.querySelector(`[data-option="${option}"]`).cloneNode(true);
  because.firstElementChild.remove();
  const mark = document.createElement("strong");
  mark.textContent = right ? "✓ Right." : `✗ Not ${option}).`;
  verdict.replaceChildren(mark, ...because.childNodes);
  for (const button of quiz.querySelectorAll(".option")) {
    button.classList.toggle("right", right && button.dataset.option === option);
    button.classList.toggle("wrong", !right && button.dataset.option === option);
  }
}

document.querySelectorAll(".pair.with-tabs").forEach(addTabs);
document.querySelectorAll(".quiz").forEach(startQuiz);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  keepInPlace(button.closest(".tabs") ?? firstInView(), () => choose(button.dataset.choose));
});
matchMedia("(min-width: 1200px)").addEventListener("change", showChoice);
showChoice();
