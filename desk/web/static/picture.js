"use strict";
/* The picture of a page beside its fields: a field that is chosen shows its box; a box can be drawn to read it again.

   data-picture      on the element around the image and its <svg>; data-document="d3" data-page="2" say which page it
                     is. The <svg> has a viewBox in PDF points, origin top left, as boxes are.
   data-spot="name"  in the <svg>, the place of a field on this page: it gets the class "chosen".
   data-field="name" beside it, with data-document, data-page and data-box="x0 y0 x1 y1": choosing the field (focus or
                     click) shows its box. Where another page is shown, the link in it with data-show is followed: it
                     changes the picture (htmx), or leads to the page with that picture where there is no htmx.
   data-draw         on a form with the fields x0, y0, x1, y1 (points): a box is drawn with mouse, finger or pen, and
                     moved with the arrow keys, resized with Shift and the arrow keys, from the focusable frame. */

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LEAST = 4;
  const picture = () => document.querySelector("[data-picture]");
  let wanted = null;

  function mark(name) {
    const shown = picture();
    if (!shown) return;
    for (const one of shown.querySelectorAll(".chosen")) one.classList.remove("chosen");
    const spots = [...shown.querySelectorAll(`[data-spot="${CSS.escape(name)}"]`)];
    for (const one of spots) one.classList.add("chosen");
    if (spots.length) bring(shown, spots[0]);
  }

  /* Scroll inside the picture's own frame only: the page itself stays where the reader is. */
  function bring(shown, spot) {
    const frame = shown.closest("[data-scroll]") || shown;
    const outer = frame.getBoundingClientRect();
    const inner = spot.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) frame.scrollTop += inner.top - outer.top - outer.height / 3;
    if (inner.left < outer.left || inner.right > outer.right) frame.scrollLeft += inner.left - outer.left - outer.width / 3;
  }

  function choose(field) {
    const shown = picture();
    if (!shown || !field.dataset.page) return;
    const same = shown.dataset.document === field.dataset.document && shown.dataset.page === field.dataset.page;
    if (same) return mark(field.dataset.field);
    const link = field.querySelector("[data-show]");
    if (!link || !window.htmx || !link.hasAttribute("hx-get")) return;
    wanted = field.dataset.field;
    window.htmx.trigger(link, "show");
  }

  document.addEventListener("focusin", (event) => {
    const field = event.target instanceof Element ? event.target.closest("[data-field]") : null;
    if (field && !field.classList.contains("shown")) {
      for (const one of document.querySelectorAll("[data-field].shown")) one.classList.remove("shown");
      field.classList.add("shown");
      choose(field);
    }
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (wanted) mark(wanted);
    wanted = null;
    ready();
  });

  /* Drawing */
  const boxOf = (form) => ["x0", "y0", "x1", "y1"].map((name) => Number(form.elements[name].value.replace(",", ".")) || 0);

  function put(form, box) {
    ["x0", "y0", "x1", "y1"].forEach((name, at) => { form.elements[name].value = box[at].toFixed(1); });
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
    const svg = picture() && picture().querySelector("svg");
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
    const { width, height } = picture().querySelector("svg").viewBox.baseVal;
    if (event.shiftKey) return put(form, [x0, y0, Math.min(Math.max(x1 + right, x0 + LEAST), width), Math.min(Math.max(y1 + down, y0 + LEAST), height)]);
    const dx = Math.min(Math.max(right, -x0), width - x1);
    const dy = Math.min(Math.max(down, -y0), height - y1);
    return put(form, [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
  }

  function ready() {
    const form = document.querySelector("form[data-draw]");
    const shown = picture();
    const svg = shown && shown.querySelector("svg");
    if (!shown) return;
    shown.classList.toggle("drawing", form !== null);
    if (!form || !svg || svg.dataset.ready) return;
    svg.dataset.ready = "yes";
    let start = null;
    draw(form);
    svg.addEventListener("pointerdown", (event) => {
      if (!document.contains(form)) return;
      start = point(svg, event);
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (!start) return;
      const end = point(svg, event);
      put(form, [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.max(start[0], end[0]), Math.max(start[1], end[1])]);
    });
    svg.addEventListener("pointerup", () => {
      start = null;
      frameOf(svg).focus();
    });
    svg.addEventListener("keydown", (event) => { if (event.target.matches(".drawn")) nudge(form, event); });
    for (const name of ["x0", "y0", "x1", "y1"]) form.elements[name].addEventListener("input", () => draw(form));
  }

  document.addEventListener("DOMContentLoaded", () => {
    ready();
    const shown = picture();
    if (shown && shown.dataset.chosen) mark(shown.dataset.chosen);
  });
})();
