// Extras only: every page reads and works without this file.
"use strict";

// Says something to everybody: to screen readers, and for a moment at the edge of the window.
let toast = null;
let silence = 0;
function say(words) {
  if (!toast) {
    toast = document.createElement("p");
    toast.className = "toast";
    toast.setAttribute("role", "status");
    document.body.append(toast);
  }
  toast.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => (toast.textContent = ""), 4000);
}

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

// Narrows a list to the entries that hold the words typed and have the attributes chosen. Width and case are folded;
// kana are compared as hiragana.
const filter = document.querySelector(".filter");
if (filter) {
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  const entries = [...document.querySelectorAll(filter.dataset.filter)].map((element) => [
    element,
    fold(element.textContent),
    (element.dataset.attributes || "").split(" "),
  ]);
  const input = filter.querySelector("input");
  const selects = [...filter.querySelectorAll("select")];
  const output = filter.querySelector("output");
  const apply = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const chosen = selects.map((select) => select.value).filter(Boolean);
    const narrowed = words.length + chosen.length > 0;
    let shown = 0;
    for (const [element, text, attributes] of entries) {
      element.hidden = !(words.every((word) => text.includes(word)) && chosen.every((id) => attributes.includes(id)));
      if (!element.hidden) shown += 1;
    }
    for (const section of document.querySelectorAll("main section")) {
      section.hidden = narrowed && !section.querySelector(filter.dataset.filter + ":not([hidden])");
    }
    output.textContent = narrowed ? `${shown} / ${entries.length}` : "";
  };
  input.addEventListener("input", apply);
  for (const select of selects) select.addEventListener("change", apply);
  filter.hidden = false;
}

// Sorts a table by the column whose heading is chosen; dates by their day, numbers of documents as they stood.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const key = (row, column) => {
    const cell = row.cells[column];
    const time = cell.querySelector("time");
    return cell.dataset.order ? cell.dataset.order.padStart(6, "0") : time ? time.dateTime : cell.textContent.trim();
  };
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [key(row, column), row]);
      // What is empty stays at the end.
      rows.sort(([a], [b]) => (!a - !b) || (down ? -1 : 1) * a.localeCompare(b, document.documentElement.lang));
      body.append(...rows.map(([, row]) => row));
      say(table.dataset.sorted.replace("{column}", heading.textContent.trim()));
    });
  });
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
