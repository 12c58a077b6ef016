// Extras only: every page reads and works without this file.
"use strict";

// Marks the section in view in the contents list.
const contents = document.querySelector("nav.contents.wide");
if (contents) {
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  let current = null;
  const update = () => {
    const line = window.innerHeight / 4;
    let found = null;
    for (const heading of headings) {
      if (heading.getBoundingClientRect().top > line) break;
      found = heading;
    }
    const link = links.get(found) || null;
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "true");
    const box = contents.getBoundingClientRect();
    const at = link.getBoundingClientRect();
    if (at.top < box.top + 48 || at.bottom > box.bottom - 48) {
      contents.scrollTop += at.top - box.top - box.height / 2;
    }
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      update();
    });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  update();
}

// Closes the contents list of narrow screens once a section was chosen.
const narrow = document.querySelector("details.contents.narrow");
if (narrow) {
  narrow.addEventListener("click", (event) => {
    if (event.target.closest("a")) narrow.open = false;
  });
}

// Narrows a list to the entries that hold the words typed. Width and case are folded; kana are compared as hiragana.
const filter = document.querySelector(".filter");
if (filter) {
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  const entries = [...document.querySelectorAll(filter.dataset.filter)].map((element) => [element, fold(element.textContent)]);
  const input = filter.querySelector("input");
  const output = filter.querySelector("output");
  const apply = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [element, text] of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) shown += 1;
    }
    for (const section of document.querySelectorAll("main section")) {
      section.hidden = words.length > 0 && !section.querySelector(filter.dataset.filter + ":not([hidden])");
    }
    output.textContent = words.length > 0 ? `${shown} / ${entries.length}` : "";
  };
  input.addEventListener("input", apply);
  filter.hidden = false;
}

// A printed page shows what a reader could have opened.
const closed = [];
addEventListener("beforeprint", () => {
  closed.push(...document.querySelectorAll("main details:not(.contents):not([open])"));
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed.splice(0)) details.open = false;
});
