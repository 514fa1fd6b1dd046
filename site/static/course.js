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

document.querySelectorAll(".pair.with-tabs").forEach(addTabs);
document.querySelectorAll(".quiz").forEach(startQuiz);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  keepInPlace(button.closest(".tabs") ?? firstInView(), () => choose(button.dataset.choose));
});
matchMedia("(min-width: 1200px)").addEventListener("change", showChoice);
showChoice();
