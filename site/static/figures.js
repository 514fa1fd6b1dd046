"use strict";
// Figures that answer: pointing at a figure, or the arrow keys, tell the numbers that its notebook recorded beside it.
// The picture stays as it is. What is here lies over it and below it, and is not there without scripts or on paper.
{
  const records = document.currentScript.dataset.records;
  const HINT = "Point at the figure, or move through its values with the arrow keys.";
  const MOST_ROWS = 40;
  const CELLS = 50;  // in each row and column of what a classifier answers
  let asked;
  const load = () => (asked ??= fetch(records).then((answer) => answer.json()));

  function element(name, properties, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) key in made && !/^(role|aria)/.test(key) ? (made[key] = value) : made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** Where a value lies between an axis's limits, from 0 to 1. */
  function place({ limits, log }, value) {
    const [low, high, at] = [...limits, value].map((number) => (log ? Math.log10(number) : number));
    return (at - low) / (high - low);
  }

  const named = (axis, value) => axis.names?.[value] ?? String(value).replace("-", "−");
  const label = (axis, otherwise) => axis.label.replace(" (logarithmic)", "") || otherwise;
  const labelled = (axis, otherwise, value) => `${label(axis, otherwise)} ${named(axis, value)}`;

  /** What is said of one point, with the other lines of its panel at the same x. */
  function text(panel, { series, index }) {
    const x = labelled(panel.x, "x", series.x[index]), title = panel.title && `${panel.title}: `;
    if (series.values) return `${title}${series.name}, ${x}: ${named({}, series.values[index])}`;
    const others = panel.series.filter((other) => other !== series && other.kind === "line" && series.kind === "line" && other.x[index] === series.x[index] && other.y[index] != null);
    const beside = others.map((other) => `; ${other.name}: ${named(panel.y, other.y[index])}`).join("");
    return `${title}${series.name && `${series.name}: `}${x}, ${labelled(panel.y, "y", series.y[index])}${beside}`;
  }

  /** What a panel's classifier does at a place between its limits (each way from 0 to 1), where that was recorded. */
  function answerAt({ answers }, across, up) {
    if (!answers || !(across >= 0 && across <= 1 && up >= 0 && up <= 1)) return "";
    const [column, row] = [across, up].map((at) => Math.min(CELLS - 1, Math.floor(CELLS * at)));
    let cell = CELLS * row + column, run = 0;
    while (cell >= answers.runs[run + 1]) [cell, run] = [cell - answers.runs[run + 1], run + 2];
    return answers.says[answers.runs[run]];
  }

  /** The points of a figure that are drawn: {panel: its number, line: its series' number in the figure, left, top, ...}. */
  function pointsOf(panels) {
    const rows = [];
    panels.forEach((panel, number) => {
      const [left, top, width, height] = panel.box;
      for (const series of panel.series) {
        const row = [];
        series.x.forEach((x, index) => {
          if (x == null || series.y[index] == null) return;
          const across = place(panel.x, x), up = place(panel.y, series.y[index]);
          if (!(across >= -0.001 && across <= 1.001 && up >= -0.001 && up <= 1.001)) return;
          row.push({ panel: number, series, index, x, left: left + width * across, top: top + height * (1 - up) });
        });
        if (series.kind === "points") row.sort((one, other) => one.x - other.x);  // a line keeps its way
        if (row.length) rows.push(row);
      }
    });
    return rows;
  }

  /** The number of the panel that a place of the picture lies in, or nearest to. */
  function panelAt(panels, [left, top]) {
    const outside = ([x, y, wide, high]) => Math.max(x - left, left - x - wide, 0) + Math.max(y - top, top - y - high, 0);
    return panels.reduce((best, one, number) => (outside(one.box) < outside(panels[best].box) ? number : best), 0);
  }

  /** The point of a panel that is nearest to a place of the picture; along a line the place from left to right counts most. */
  function nearest(rows, panel, [left, top], { width, height }) {
    let found = null, least = Infinity;
    rows.forEach((row, line) => row.forEach((point, order) => {
      if (point.panel !== panel) return;
      const across = (point.left - left) * width * (point.series.kind === "line" ? 4 : 1);
      const distance = Math.hypot(across, (point.top - top) * height);
      if (distance < least) [least, found] = [distance, [line, order]];
    }));
    return found;
  }

  /** The point of the twin's figure in the same panel and series with the nearest x; none in a cloud of samples. */
  function sameIn(rows, point) {
    const line = rows.findIndex(([first]) => first.panel === point.panel && first.series.name === point.series.name);
    if (line < 0 || (point.series.kind !== "line" && !point.series.values)) return null;
    const far = ({ x, index }) => Math.abs(x - point.x) + 1e-9 * Math.abs(index - point.index);
    return [line, rows[line].reduce((best, one, order, row) => (far(one) < far(row[best]) ? order : best), 0)];
  }

  function tableOf(panel) {
    const [first] = panel.series, shared = panel.series.every((one) => String(one.x) === String(first.x));
    const shown = (one, index) => (one.values ? named({}, one.values[index]) : one.y[index] == null ? "none" : named(panel.y, one.y[index]));
    const head = shared ? [label(panel.x, "x"), ...panel.series.map((one) => one.name || label(panel.y, "y"))] : ["series", label(panel.x, "x"), label(panel.y, "y")];
    let rows = shared
      ? first.x.map((x, index) => [named(panel.x, x), ...panel.series.map((one) => shown(one, index))])
      : panel.series.flatMap((one) => one.x.map((x, index) => [one.name, named(panel.x, x), shown(one, index)]));
    const step = Math.ceil(rows.length / MOST_ROWS);
    rows = rows.filter((_, number) => number % step === 0);
    const measure = shared && first.name && !first.values && panel.y.label;
    const caption = [panel.title, measure, step > 1 && `one of every ${step} values`].filter(Boolean).join(", ");
    const cell = (textContent, scope) => element(scope ? "th" : "td", { textContent, ...(scope && { scope }) });
    const top = element("thead", {}, element("tr", {}, ...head.map((name) => cell(name, "col"))));
    const body = element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((value, column) => cell(value, column ? "" : "row")))));
    return element("table", {}, ...(caption ? [element("caption", { textContent: caption })] : []), top, body);
  }

  /** A picture with a slider below its text; `tell` sets what both say. */
  function filmBox(picture, last, moved) {
    const slider = element("input", { type: "range", min: 0, max: last, value: 0 }), said = element("span", {});
    slider.addEventListener("input", () => moved(Number(slider.value)));
    const tell = (value, text, short) => {
      slider.value = value;
      said.textContent = text;
      slider.setAttribute("aria-valuetext", short);
    };
    return { box: element("div", { className: "film" }, picture, element("label", {}, said, slider)), tell };
  }

  /** A small picture of the model at one step, and a slider through the steps, which the curve's cursor moves too. */
  function filmOf({ x, frames, training, validation }, steps, moved) {
    const across = (at) => 10 + (280 * (at - x[0])) / (x.at(-1) - x[0]), up = (y) => 150 - (140 * (y + 2)) / 25;
    const circles = training.map(([px, py]) => `<circle cx="${across(px)}" cy="${up(py)}" r="5"/>`).join("");
    const squares = validation.map(([px, py]) => `<rect x="${across(px) - 4}" y="${up(py) - 4}" width="8" height="8"/>`).join("");
    const picture = element("div", { className: "film-picture", innerHTML: `<svg viewBox="0 0 300 160" role="img">${squares}${circles}<polyline/></svg>` });
    const { box, tell } = filmBox(picture, frames.length - 1, moved), svg = picture.firstChild;
    const show = (index) => {
      tell(index, `The model at step ${steps[index]}, with the training points (filled) and the validation points (empty)`, `step ${steps[index]}`);
      svg.setAttribute("aria-label", `The model's curve at step ${steps[index]} among the points`);
      svg.querySelector("polyline").setAttribute("points", frames[index].map((y, number) => `${across(x[number])},${up(y)}`).join(" "));
    };
    show(0);
    return { box, show };
  }

  /** The panel that shows the model as it was last kept, cut out of the figure of all such panels, which lights it up. */
  function snapshotsOf(figure, { panels, epochs }, steps, moved) {
    const original = figure.picture, copy = element("img", { className: "figure", src: original.src });
    const { box, tell } = filmBox(element("div", { className: "film-picture film-cut" }, copy), epochs.length - 1, (number) => choose(number));
    const choose = (number) => moved(steps.indexOf(epochs[number]));
    const shape = original.getAttribute("width") / original.getAttribute("height");
    const show = (index) => {
      const at = steps[index] ?? epochs[0], number = epochs.findLastIndex((epoch) => epoch <= at), kept = `epoch ${epochs[number]}`;
      const [left, top, width, height] = panels[number].box;
      copy.alt = `What the model answers after ${kept}, among the samples.`;
      copy.parentNode.style.aspectRatio = (shape * width) / height;
      Object.assign(copy.style, { width: `${100 / width}%`, left: `${(-100 * left) / width}%`, top: `${(-100 * top) / height}%` });
      tell(number, at === epochs[number] ? `The model after ${kept}` : `After epoch ${at}. The last model that was kept by then is that of ${kept}`, kept);
      figure.light(panels[number]);
    };
    show(-1);
    return { box, show, choose };
  }

  class Figure {
    constructor(picture) {
      this.name = picture.dataset.numbers;
      this.picture = picture;
      this.vertical = element("div", { className: "values-cursor", hidden: true });
      this.ring = element("div", { className: "values-ring", hidden: true });
      this.lit = element("div", { className: "values-lit", hidden: true });
      const about = { role: "slider", "aria-label": `Values: ${picture.alt}`, "aria-valuemin": 0, "aria-valuemax": 1, "aria-valuenow": 0, "aria-valuetext": HINT };
      this.slider = element("div", { className: "values-slider", tabIndex: 0, ...about }, this.vertical, this.ring, this.lit);
      this.readout = element("p", { className: "values-readout", "aria-hidden": "true" });
      this.status = element("span", { className: "visually-hidden", role: "status" });
      this.table = element("details", { className: "values-table" }, element("summary", { textContent: "Values as a table" }));
      this.whole = element("a", { className: "values-whole", href: picture.src, textContent: "Picture in full size" });
      this.box = element("div", { className: "values" });
      picture.replaceWith(this.box);
      if (["film", "curve"].includes(picture.dataset.role)) seen.observe(this.box);  // it has something to show before it is asked
      this.box.append(element("div", { className: "values-plot" }, picture, this.slider), this.readout, this.status, this.whole, this.table);
      this.slider.addEventListener("pointermove", (event) => this.answer(() => this.point(event)));
      this.slider.addEventListener("pointerdown", (event) => this.answer(() => this.point(event)));
      this.slider.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && this.rest());  // a finger is lifted to read
      this.slider.addEventListener("focus", () => this.answer(() => this.ring.hidden && this.show(this.at ?? [0, 0])));
      this.slider.addEventListener("blur", () => this.rest());
      this.slider.addEventListener("keydown", (event) => this.key(event));
      this.table.addEventListener("toggle", () => this.answer(() => this.fill()), { once: true });
    }

    /** Do something with the figure's numbers, once they are there. */
    async answer(act) {
      try {
        const all = await load(), found = all[this.name];
        if (!this.rows) {
          this.panels = found.panels;
          this.rows = pointsOf(found.panels);
          this.box.classList.toggle("of-model", found.panels.some(({ answers }) => answers));
          if (found.film) this.addFilm((steps, moved) => filmOf(found.film, steps, moved));
          if (this.snapshots) this.addFilm((steps, moved) => snapshotsOf(this.snapshots, all[this.snapshots.name], steps, moved));
        }
        act();
      } catch (error) {
        this.readout.textContent = "The values of this figure could not be loaded.";
        if (this.rows) throw error;
      }
    }

    addFilm(make) {
      const [series] = this.panels[0].series;
      this.film = make(series.x, (index) => {
        const order = this.rows[0].findIndex((point) => point.index === index);
        if (order >= 0) return this.show([0, order]);
        this.rest(true);  // so early that the curve lies above the picture, or has not begun
        this.film.show(index);
        this.readout.textContent = index < 0 ? "" : text(this.panels[0], { series, index });
      });
      this.readout.after(this.film.box);
    }

    /** Frame one of the panels. */
    light({ box: [left, top, width, height] }) {
      const [x, y, wide, high] = [left, top, width, height].map((part) => `${100 * part}%`);
      Object.assign(this.lit.style, { left: x, top: y, width: wide, height: high });
      this.lit.hidden = false;
    }

    point(event) {
      const size = this.slider.getBoundingClientRect();
      const across = (event.clientX - size.left) / size.width, down = (event.clientY - size.top) / size.height;
      const number = panelAt(this.panels, [across, down]), found = nearest(this.rows, number, [across, down], size);
      if (!found) return;
      const panel = this.panels[number], [left, top, width, height] = panel.box;
      const answer = answerAt(panel, (across - left) / width, (top + height - down) / height);
      this.show(found, { answer: answer && `; where you point, the model ${answer}` });
      clearTimeout(this.waiting);  // whoever listens hears where the pointer rests, not all that it passes
      this.waiting = setTimeout(() => (this.status.textContent = this.readout.textContent), 700);
    }

    key(event) {
      if (!this.rows || event.altKey || event.ctrlKey || event.metaKey) return;
      const [line, order] = this.at ?? [0, 0], row = this.rows[line];
      const steps = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10, Home: -order, End: row.length };
      const lines = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps) this.show([line, Math.max(0, Math.min(row.length - 1, order + steps[event.key]))]);
      else if (event.key in lines) this.turn(Math.max(0, Math.min(this.rows.length - 1, line + lines[event.key])), row[order]);
      else return;
      event.preventDefault();
    }

    /** To another series, at the x that is nearest. */
    turn(line, { x }) {
      const row = this.rows[line];
      this.show([line, row.reduce((best, one, order) => (Math.abs(one.x - x) < Math.abs(row[best].x - x) ? order : best), 0)]);
    }

    show([line, order], { shared = false, answer } = {}) {
      const row = this.rows[line], point = row[order], panel = this.panels[point.panel];
      const there = answerAt(panel, place(panel.x, point.x), place(panel.y, point.series.y[point.index]));
      const said = text(panel, point) + (answer ?? (there && `; there the model ${there}`));
      this.at = [line, order];
      this.readout.textContent = said;
      this.slider.setAttribute("aria-valuemax", row.length - 1);
      this.slider.setAttribute("aria-valuenow", order);
      this.slider.setAttribute("aria-valuetext", said);
      Object.assign(this.ring.style, { left: `${100 * point.left}%`, top: `${100 * point.top}%` });
      Object.assign(this.vertical.style, { left: `${100 * point.left}%`, top: `${100 * panel.box[1]}%`, height: `${100 * panel.box[3]}%` });
      this.ring.hidden = false;
      this.vertical.hidden = point.series.kind !== "line";
      this.film?.show(point.index);
      this.curve?.answer(() => this.curve.film.choose(point.panel));
      if (!shared) this.twins().forEach((twin) => twin.answer(() => {
        const same = sameIn(twin.rows, point);
        if (same) twin.show(same, { shared: true });
      }));
    }

    twins() {
      const row = this.box.closest(".row-of-two");
      return row ? figures.filter((other) => other !== this && other.box.offsetParent && other.box.closest(".row-of-two") === row) : [];
    }

    /** Nobody points at the figure: the cursor goes, what was said stays. */
    rest(shared = false) {
      if (document.activeElement === this.slider && !shared) return;
      clearTimeout(this.waiting);
      this.ring.hidden = this.vertical.hidden = true;
      if (!shared) this.twins().forEach((twin) => twin.rest(true));
    }

    fill() {
      const about = { className: "values-tables", tabIndex: 0, role: "group", "aria-label": "Values of the figure" };
      this.table.append(element("div", about, ...this.panels.map(tableOf)));
    }
  }

  const seen = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
    if (isIntersecting) figures.find(({ box }) => box === target).answer(() => seen.unobserve(target));
  }));
  const figures = [...document.querySelectorAll("img.figure[data-numbers]")].map((picture) => new Figure(picture));
  const isTensorflow = ({ box }) => box.closest(".only.tensorflow") !== null;
  for (const snapshots of figures.filter(({ picture }) => picture.dataset.role === "snapshots")) {
    snapshots.curve = figures.find((one) => one.picture.dataset.role === "curve" && isTensorflow(one) === isTensorflow(snapshots));
    snapshots.curve.snapshots = snapshots;
  }
  if (figures.length) figures[0].readout.textContent = HINT;  // once is enough
}
