"use strict";
/* The picture of a page beside its fields: a field that is chosen shows its box; a box can be drawn to read it again.

   #image            the panel of the picture; its <svg> has a viewBox in PDF points, origin top left, as boxes are.
   data-place="key"  on a link to a place on the papers, which htmx follows into #image; data-shown there says which it is.
   data-field        a field; choosing it (focus, J and K) follows the first such link in it, F2 goes to its box.
   data-draw="words" on a form with the boxes x0, y0, x1, y1 (points): a box is drawn with mouse, finger or pen, and
                     moved with the arrow keys, resized with Shift and the arrow keys. The words name it. */

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LEAST = 4;
  const REST_MS = 60;
  const picture = () => document.getElementById("image");
  let asked = "";
  let later = 0;
  let toBox = false;

  function choose(field) {
    const link = field.querySelector("[data-place]");
    clearTimeout(later);
    if (!link || !window.htmx || !picture()) return;
    if (placed() === link.dataset.place) return;
    // whoever runs through the fields is shown the one where they stop
    later = setTimeout(() => {
      if (document.contains(link) && asked !== link.dataset.place) window.htmx.trigger(link, "show");
    }, REST_MS);
  }

  document.addEventListener("focusin", (event) => {
    const field = event.target instanceof Element ? event.target.closest("[data-field]") : null;
    if (!field || field.classList.contains("shown")) return;
    for (const one of document.querySelectorAll("[data-field].shown")) one.classList.remove("shown");
    field.classList.add("shown");
    choose(field);
  });

  document.addEventListener("htmx:beforeRequest", (event) => { asked = event.target.dataset.place || asked; });

  const placed = () => {
    const sheet = picture() && picture().querySelector("[data-picture]");
    return sheet ? sheet.dataset.shown : "";
  };

  function arrived() {
    asked = "";
    const spot = picture() && picture().querySelector(".chosen");
    if (spot && toBox) spot.focus({ preventScroll: true });
    toBox = false;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2" || !(event.target instanceof Element)) return;
    const field = event.target.closest("[data-field]");
    const link = field && field.querySelector("[data-place]");
    if (!link || !window.htmx) return;
    event.preventDefault();
    toBox = true;
    if (placed() === link.dataset.place) arrived();
    else window.htmx.trigger(link, "show");
  });

  document.addEventListener("htmx:afterSettle", () => {
    arrived();
    ready();
  });

  /* Drawing */
  const boxOf = (form) => ["x0", "y0", "x1", "y1"].map((name) => Number(form.elements[name].value.replace(",", ".")) || 0);

  function put(form, box) {
    ["x0", "y0", "x1", "y1"].forEach((name, at) => { form.elements[name].value = box[at].toFixed(1); });
    const sheet = picture().querySelector("[data-picture]");
    if (sheet && form.elements.page) form.elements.page.value = sheet.dataset.page;
    draw(form);
  }

  function frameOf(svg) {
    let frame = svg.querySelector(".drawn");
    if (!frame) {
      frame = document.createElementNS(SVG, "rect");
      frame.setAttribute("class", "drawn");
      frame.setAttribute("tabindex", "0");
      frame.setAttribute("role", "application");
      svg.append(frame);
    }
    return frame;
  }

  function draw(form) {
    const svg = picture() && picture().querySelector(".sheet svg, svg[viewBox]");
    if (!svg) return;
    const [x0, y0, x1, y1] = boxOf(form);
    const frame = frameOf(svg);
    frame.setAttribute("aria-label", form.dataset.draw);
    frame.setAttribute("x", Math.min(x0, x1));
    frame.setAttribute("y", Math.min(y0, y1));
    frame.setAttribute("width", Math.max(Math.abs(x1 - x0), LEAST));
    frame.setAttribute("height", Math.max(Math.abs(y1 - y0), LEAST));
  }

  function point(svg, event) {
    const matrix = svg.getScreenCTM().inverse();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    const { width, height } = svg.viewBox.baseVal;
    return [Math.min(Math.max(at.x, 0), width), Math.min(Math.max(at.y, 0), height)];
  }

  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function nudge(form, event) {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const [x0, y0, x1, y1] = boxOf(form);
    const [right, down] = move.map((one) => one * 4);
    const { width, height } = picture().querySelector(".sheet svg, svg[viewBox]").viewBox.baseVal;
    if (event.shiftKey) return put(form, [x0, y0, Math.min(Math.max(x1 + right, x0 + LEAST), width), Math.min(Math.max(y1 + down, y0 + LEAST), height)]);
    const dx = Math.min(Math.max(right, -x0), width - x1);
    const dy = Math.min(Math.max(down, -y0), height - y1);
    return put(form, [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
  }

  function ready() {
    const form = document.querySelector("form[data-draw]");
    const shown = picture();
    const svg = shown && shown.querySelector(".sheet svg, svg[viewBox]");
    if (!shown) return;
    shown.classList.toggle("drawing", form !== null);
    if (!form || !svg) return;
    draw(form);
    if (!form.dataset.ready) {
      form.dataset.ready = "yes";
      for (const name of ["x0", "y0", "x1", "y1"]) form.elements[name].addEventListener("input", () => draw(form));
    }
    if (svg.dataset.ready) return;
    svg.dataset.ready = "yes";
    // the form may be another by then: what was read again comes with a form of its own
    const drawing = () => document.querySelector("form[data-draw]");
    let start = null;
    svg.addEventListener("pointerdown", (event) => {
      if (!drawing()) return;
      start = point(svg, event);
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (!start || !drawing()) return;
      const end = point(svg, event);
      put(drawing(), [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.max(start[0], end[0]), Math.max(start[1], end[1])]);
    });
    svg.addEventListener("pointerup", () => {
      if (!start) return;
      start = null;
      frameOf(svg).focus();
    });
    svg.addEventListener("keydown", (event) => { if (event.target.matches(".drawn") && drawing()) nudge(drawing(), event); });
  }

  document.addEventListener("DOMContentLoaded", () => {
    ready();
  });
})();
