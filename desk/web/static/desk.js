"use strict";
/* Keys, focus and announcements. The desk works without this file; with it, by keyboard and quickly.

   data-key="s"       what the key presses: a button, a link, a summary, a radio; a box is entered. "g b" is g, then b.
   data-row           a row of a list: J and K go from one to the next; the link in it has the focus, so Enter opens it.
   data-field="name"  a field of a case: J and K go through fields where a page has no rows. Keys that stand in the
                      row or field of the focus come before the same keys elsewhere on the page.
   data-focus         where the focus goes after a part of the page was changed (an error summary has it).
   data-say           what a screen reader is told after a part of the page was changed.
   <body data-shortcuts="off"> switches the keys off (WCAG 2.2, 2.1.4); none acts while somebody types. */

(() => {
  const SEQUENCE_MS = 1500;
  const STOPS = "[data-row], [data-field]";
  const CAN_HOLD = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary, [tabindex]";
  let before = "";
  let beforeAt = 0;

  const on = () => document.body.dataset.shortcuts === "on";
  // what lies in details that are closed has a place on the page, and is not seen
  const seen = (one) => one.getClientRects().length > 0 && one.checkVisibility() && !one.disabled;

  function typing(target) {
    if (!(target instanceof Element)) return false;
    if (target.closest("textarea, select, [contenteditable=true]")) return true;
    const box = target.closest("input");
    return box !== null && !["checkbox", "radio", "button", "submit", "file"].includes(box.type);
  }

  function carrying(key) {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(seen);
    const unticked = all.find((one) => one.type === "checkbox" && !one.checked);
    if (unticked) return unticked;
    const held = document.activeElement && document.activeElement.closest(STOPS);
    const stop = held || document.querySelector(".here");
    // what saves something of a row or field never acts on one that nobody went to
    return all.find((one) => stop && stop.contains(one)) || all.find((one) => !one.closest(STOPS))
      || all.find((one) => !one.matches("button"));
  }

  function press(one) {
    if (one.matches("input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select")) {
      one.focus();
      if (one.select) one.select();
      return;
    }
    // where the program proposes nothing, the key leads to the choices and makes none
    if (one.matches("[type=radio]") && one.closest("[data-undecided]")) return one.focus();
    // what is open already is entered, not shut
    const inside = one.matches("summary") && one.parentElement.open
      ? [...one.parentElement.querySelectorAll("input, select, textarea, a[href], button")].find(seen) : null;
    if (inside) return inside.focus();
    // what changes only a part of the page leaves the focus where it is
    if (!one.hasAttribute("hx-get")) one.focus();
    one.click();
  }

  function stops() {
    const rows = [...document.querySelectorAll("[data-row]")].filter(seen);
    return rows.length ? rows : [...document.querySelectorAll("[data-field]")].filter(seen);
  }

  function here(all) {
    const at = all.findIndex((one) => one.contains(document.activeElement));
    return at >= 0 ? at : all.findIndex((one) => one.classList.contains("here"));
  }

  function go(step) {
    let all = stops();
    const shut = all.length ? null : document.querySelector("details:not([open]) [data-field]");
    if (shut) {
      for (let one = shut.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
      all = stops();
    }
    if (!all.length) return;
    const at = here(all);
    stand(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  function stand(stop) {
    const holder = stop.querySelector("a[href]") || stop.querySelector(CAN_HOLD) || stop;
    if (holder === stop && !stop.hasAttribute("tabindex")) stop.tabIndex = -1;
    holder.focus();
    stop.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("focusin", (event) => {
    const stop = event.target instanceof Element ? event.target.closest(STOPS) : null;
    if (!stop) return;
    for (const one of document.querySelectorAll(".here")) if (one !== stop) one.classList.remove("here");
    stop.classList.add("here");
  });

  function shut() {
    const open = [...document.querySelectorAll("details.tip[open]")];
    for (const one of open) {
      one.open = false;
      if (one.contains(document.activeElement)) one.querySelector("summary").focus();
    }
    return open.length > 0;
  }

  function escape(event) {
    if (shut()) return;
    if (!typing(event.target)) return;
    const stop = event.target.closest(STOPS);
    const back = document.querySelector("[data-escape]");
    if (back && back.closest("form") === event.target.closest("form")) press(back);
    else if (stop) stand(stop);
    else event.target.blur();
  }

  function struck(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const both = performance.now() - beforeAt < SEQUENCE_MS && before ? carrying(`${before} ${key}`) : null;
    before = "";
    if (both) return both;
    const found = carrying(key);
    if (found) return found;
    if (key.length === 1 && document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
      before = key;
      beforeAt = performance.now();
    }
    return null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return escape(event);
    if (!on() || typing(event.target)) return;
    const found = struck(event);
    if (found) {
      event.preventDefault();
      press(found);
    } else if (event.key === "j" || event.key === "J" || event.key === "k" || event.key === "K") {
      event.preventDefault();
      go(event.key.toLowerCase() === "j" ? 1 : -1);
    }
  });

  /* A form that is on its way is not sent again; the server takes it once in any case. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.hasAttribute("hx-post") || form.hasAttribute("hx-get")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  /* What had the focus in a part that is changed, to find it again in the new one. */
  const NAMES = ["id", "data-key", "data-place", "data-field", "href", "name"];
  let inside = false;
  let had = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const held = document.activeElement;
    inside = held !== null && event.detail.target instanceof Element && event.detail.target.contains(held) && held !== document.body;
    const name = inside && NAMES.find((one) => held.hasAttribute(one));
    had = name ? `[${name}="${CSS.escape(held.getAttribute(name))}"]` : "";
  });

  /* After a part was changed: its errors, or what it names, or what had the focus before, has it now. Where the
     focus was elsewhere it stays there: a list that is refreshed by itself takes it from nobody. */
  function settled(event) {
    const part = event.detail.elt instanceof Element && document.contains(event.detail.elt)
      ? event.detail.elt : document.getElementById("main");
    if (!part || part.closest("[data-quiet]")) return;
    const wanted = part.matches("[data-focus]") ? part : part.querySelector("[autofocus], [data-focus]");
    const lost = !document.activeElement || document.activeElement === document.body;
    const same = inside && lost && had ? part.querySelector(had) : null;
    if (wanted) wanted.focus();
    else if (same) same.focus();
    else if (inside && lost) hold(part);
    const said = part.matches("[data-say]") ? part : part.querySelector("[data-say]");
    if (said) announce(said.dataset.say);
  }

  function hold(part) {
    const holder = part.matches(CAN_HOLD) ? part : part.querySelector(CAN_HOLD);
    if (holder) return holder.focus();
    part.tabIndex = -1;
    part.focus();
  }

  function announce(words) {
    const place = document.getElementById("announce");
    if (!place) return;
    place.textContent = "";
    setTimeout(() => { place.textContent = words; }, 50);
  }

  document.addEventListener("htmx:afterSettle", settled);
  document.addEventListener("htmx:sendError", () => announce(document.documentElement.dataset.lost || ""));

  /* Errors, or what was just done, have the focus on a new page. A browser that goes to the part named in the address
     takes the focus from them, at a moment of its own: so it is given again when everything is there. */
  function greet() {
    const errors = document.querySelector(".errors[data-focus]");
    const held = document.activeElement;
    // errors come before the box that the form would begin with
    if (held && held !== document.body && !(errors && held.hasAttribute("autofocus"))) return;
    const part = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const first = errors || document.querySelector("[data-focus]") || (part && part.querySelector("[data-say]"));
    if (!first) return;
    if (!first.matches(CAN_HOLD)) first.tabIndex = -1;
    first.focus();
  }

  document.addEventListener("DOMContentLoaded", greet);
  window.addEventListener("load", () => {
    greet();
    requestAnimationFrame(() => setTimeout(greet, 0));
  });
})();
