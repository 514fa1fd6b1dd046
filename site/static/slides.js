"use strict";
// Arrow keys turn the slides. Without this script they scroll.
const slides = [...document.querySelectorAll(".slide")];
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const now = slides.reduce((best, one) => (Math.abs(one.getBoundingClientRect().top) < Math.abs(best.getBoundingClientRect().top) ? one : best));
  slides[Math.max(0, Math.min(slides.length - 1, slides.indexOf(now) + step))].scrollIntoView({ behavior: "instant" });
});
