"use strict";
// The twin stepper: one step at a time, its lines marked in both programs. All that it shows is in the page.

function startStory(story) {
  const slider = story.querySelector("input"), said = story.querySelector("[role=status]");
  const texts = JSON.parse(slider.dataset.texts), last = texts.length - 1;
  const show = () => {
    const step = Number(slider.value);
    slider.setAttribute("aria-valuetext", texts[step]);
    for (const item of story.querySelectorAll(".story-step")) item.hidden = Number(item.dataset.step) !== step;
    for (const line of story.querySelectorAll(".line")) {
      line.classList.toggle("lit", Number(line.dataset.step) === step);
      line.classList.toggle("to-come", Number(line.dataset.step) > step);
    }
    for (const button of story.querySelectorAll("[data-move]")) {
      button.disabled = step + Number(button.dataset.move) < 0 || step + Number(button.dataset.move) > last;
    }
  };
  slider.addEventListener("input", show);
  for (const button of story.querySelectorAll("[data-move]")) {
    button.addEventListener("click", () => {
      slider.value = Number(slider.value) + Number(button.dataset.move);
      show();
      said.textContent = slider.getAttribute("aria-valuetext");
      if (button.disabled) slider.focus();
    });
  }
  story.classList.add("live");
  slider.value = 0; // a reload keeps a slider's place, but the page begins anew
  show();
}

document.querySelectorAll(".story").forEach(startStory);
