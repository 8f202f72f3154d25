"use strict";
/* The page of a case: the box that was chosen comes into sight inside its frame, and the pages beside the one
   that is shown are fetched before they are asked for. The page works without this file. */

(() => {
  function bring() {
    const box = document.getElementById("casilla");
    const frame = box && box.closest("[data-scroll]");
    if (!frame) return;
    const outer = frame.getBoundingClientRect();
    const inner = box.getBoundingClientRect();
    frame.scrollTop += inner.top - outer.top - outer.height / 3;
    frame.scrollLeft += inner.left - outer.left - outer.width / 3;
  }

  function fetched() {
    for (const one of document.querySelectorAll("[data-fetch]")) {
      new Image().src = one.dataset.fetch;
      one.remove();
    }
  }

  function mark() {
    const shown = document.querySelector("[data-picture]");
    const key = shown ? shown.dataset.shown : "";
    for (const one of document.querySelectorAll("a.place")) {
      one.classList.toggle("in-sight", one.dataset.place === key);
    }
  }

  function ready() {
    bring();
    mark();
    fetched();
  }

  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "image") ready(); });
})();
