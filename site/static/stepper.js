"use strict";
// The twin stepper: one step at a time, its lines marked in both programs. All that it shows is in the page. The address
// names the step, as in stepper.html#story-line-3.

function startStory(story) {
  const slider = story.querySelector("input"), said = story.querySelector("[role=status]");
  const texts = JSON.parse(slider.dataset.texts), last = texts.length - 1;
  const steps = [...story.querySelectorAll(".story-step")], names = steps.map((step) => step.id);
  for (const step of steps) step.removeAttribute("id"); // or the browser would scroll past the controls
  const show = () => {
    const step = Number(slider.value);
    slider.setAttribute("aria-valuetext", texts[step]);
    steps.forEach((item, number) => (item.hidden = number !== step));
    for (const line of story.querySelectorAll(".line")) {
      line.classList.toggle("lit", Number(line.dataset.step) === step);
      line.classList.toggle("to-come", Number(line.dataset.step) > step);
    }
    for (const button of story.querySelectorAll("[data-move]")) {
      button.disabled = step + Number(button.dataset.move) < 0 || step + Number(button.dataset.move) > last;
    }
  };
  const move = () => {
    show();
    story.querySelector(".gone").textContent = "";
    history.replaceState(null, "", `#${names[slider.value]}`);
  };
  slider.addEventListener("input", move);
  for (const button of story.querySelectorAll("[data-move]")) {
    button.addEventListener("click", () => {
      slider.value = Number(slider.value) + Number(button.dataset.move);
      move();
      said.textContent = slider.getAttribute("aria-valuetext");
      if (button.disabled) slider.focus();
    });
  }
  story.classList.add("live");
  const follow = () => {
    const asked = location.hash.slice(1);
    if (!asked.startsWith(`${story.id}-`)) return;
    const step = names.indexOf(asked);
    slider.value = Math.max(step, 0);
    show();
    story.querySelector(".gone").textContent = step >= 0 ? "" : "The link names a step that this story does not have, so it starts at the first one.";
    story.scrollIntoView();
  };
  slider.value = 0; // a reload keeps a slider's place, but the address tells the step
  show();
  follow();
  addEventListener("hashchange", follow);
}

document.querySelectorAll(".story").forEach(startStory);
