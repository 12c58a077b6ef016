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

// Copies the address of an article, which is the same whatever number the article has.
const article = document.querySelector("article[data-copied]");
if (article && navigator.clipboard) {
  for (const link of article.querySelectorAll("a.permalink")) link.title = article.dataset.copy;
  article.addEventListener("click", (event) => {
    const link = event.target.closest("a.permalink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    navigator.clipboard.writeText(link.href).then(
      () => say(article.dataset.copied),
      () => {},
    );
  });
}

// Shows what a term means while the pointer or the focus is on it. Without this the title does, and the link.
const meanings = document.querySelectorAll("a.term[title]");
if (meanings.length > 0) {
  const tip = document.createElement("div");
  tip.id = "_meaning";
  tip.className = "meaning";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let shown = null;
  let leaving = 0;
  const hide = () => {
    clearTimeout(leaving);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  };
  const show = (term) => {
    clearTimeout(leaving);
    if (shown === term) return;
    hide();
    shown = term;
    tip.textContent = term.dataset.meaning;
    term.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    const at = term.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    tip.style.left = `${Math.max(8, Math.min(at.left, width - tip.offsetWidth - 8)) + scrollX}px`;
    const below = at.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.top = `${(below ? at.bottom + 4 : at.top - tip.offsetHeight - 4) + scrollY}px`;
  };
  const later = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 300);
  };
  for (const term of meanings) {
    term.dataset.meaning = term.title;
    term.removeAttribute("title");
    term.addEventListener("mouseenter", () => show(term));
    term.addEventListener("mouseleave", later);
    term.addEventListener("focus", () => show(term));
    term.addEventListener("blur", hide);
  }
  tip.addEventListener("mouseenter", () => clearTimeout(leaving));
  tip.addEventListener("mouseleave", later);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.querySelector("main").append(tip);
}

// What the reader chose as theirs. It stays in this browser, under the address of the site.
const mine = {
  key: `kitei.mine:${new URL(document.querySelector(".brand")?.getAttribute("href") || ".", location.href).pathname}`,
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || {};
    } catch {
      return {};
    }
  },
  write(value) {
    try {
      if (value) localStorage.setItem(this.key, JSON.stringify(value));
      else localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing shows the choice all the same.
    }
  },
};

// The first page tells which roles were chosen.
const myRoles = document.querySelector("[data-my-roles]");
if (myRoles) {
  const names = mine.read().names;
  if (Array.isArray(names) && names.length > 0) myRoles.textContent = names.join(document.documentElement.lang === "ja" ? "、" : ", ");
}

// Shows what concerns the roles that were chosen.
const choice = document.querySelector("form.mine");
if (choice) {
  const department = choice.querySelector("select");
  const boxes = [...choice.querySelectorAll("input[type=checkbox]")];
  const since = document.querySelector("#_since");
  const sections = [...document.querySelectorAll("main section")].filter((section) => section.querySelector("[data-roles]"));
  const apply = () => {
    const held = department?.selectedOptions[0]?.dataset.roles?.split(" ").filter(Boolean);
    for (const box of boxes) box.closest("li").hidden = Boolean(held) && !box.checked && !held.includes(box.value);
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const section of sections) {
      let shown = 0;
      const items = section.querySelectorAll("li[data-roles]");
      for (const item of items) {
        const roles = item.dataset.roles.split(" ");
        const concerns = roles.includes("everyone") || roles.some((role) => chosen.has(role));
        const late = item.dataset.date && since?.value && item.dataset.date < since.value;
        item.hidden = !concerns || Boolean(late);
        if (!item.hidden) shown += 1;
      }
      const list = items[0]?.parentElement;
      if (list) list.hidden = shown === 0;
      const empty = section.querySelector("[data-empty]");
      if (empty) {
        empty.hidden = shown > 0;
        if (!section.querySelector(".since") && chosen.size > 0) empty.textContent = choice.dataset.none;
        else if (!section.querySelector(".since")) empty.textContent = empty.dataset.choose;
      }
      const output = section.querySelector("output");
      if (output) output.textContent = `${shown}`;
    }
  };
  const keep = () => {
    const checked = boxes.filter((box) => box.checked);
    mine.write({
      roles: checked.map((box) => box.value),
      names: checked.map((box) => box.parentElement.textContent.trim()),
      department: department?.value || "",
      since: since && since.value !== since.dataset.usual ? since.value : "",
    });
    apply();
  };
  const fill = ({ roles, department: name, since: day }) => {
    for (const box of boxes) box.checked = Array.isArray(roles) && roles.includes(box.value);
    if (department) department.value = [...department.options].some((option) => option.value === name) ? name : "";
    if (since) since.value = /^\d{4}-\d{2}-\d{2}$/.test(day || "") ? day : since.dataset.usual;
    apply();
  };
  choice.addEventListener("submit", (event) => event.preventDefault());
  choice.addEventListener("change", keep);
  since?.addEventListener("change", keep);
  choice.querySelector("[data-forget]").addEventListener("click", () => {
    mine.write(null);
    fill({});
    say(choice.dataset.forgotten);
  });
  for (const hidden of document.querySelectorAll("form.mine, .since")) hidden.hidden = false;
  fill(mine.read());
}

// Scores a quiz. Answers and points stay in the page.
const quiz = document.querySelector("form.quiz");
if (quiz) {
  const questions = [...quiz.querySelectorAll(".question")];
  const missing = quiz.querySelector(".quiz-missing");
  const score = quiz.querySelector(".score");
  const words = quiz.dataset;
  const inputs = (question) => [...question.querySelectorAll("input")];
  const name = (question) => question.querySelector("legend .number").textContent;
  quiz.addEventListener("submit", (event) => {
    event.preventDefault();
    const open = questions.filter((question) => !inputs(question).some((input) => input.checked));
    missing.textContent = open.length > 0 ? `${words.missing} ${open.map(name).join(document.documentElement.lang === "ja" ? "、" : ", ")}` : "";
    if (open.length > 0) {
      inputs(open[0])[0].focus();
      return;
    }
    let points = 0;
    for (const question of questions) {
      const right = inputs(question).every((input) => input.checked === "right" in input.dataset);
      const verdict = question.querySelector(".verdict");
      if (right) points += Number(question.dataset.points);
      verdict.textContent = right ? `○ ${words.right}` : `× ${words.wrong}`;
      verdict.className = `verdict ${right ? "right" : "wrong"}`;
      verdict.hidden = false;
      question.querySelector(".answer").open = true;
      question.querySelector(".answer").hidden = false;
      for (const input of inputs(question)) input.disabled = true;
    }
    const passed = points >= Number(words.pass);
    score.querySelector(".points strong").textContent = points;
    score.querySelector(".outcome").textContent = passed ? words.passed : words.failed;
    score.className = `score ${passed ? "passed" : "failed"}`;
    score.hidden = false;
    quiz.querySelector("button[type=submit]").hidden = true;
    score.focus();
  });
  const begin = () => {
    for (const question of questions) {
      question.querySelector(".verdict").hidden = true;
      question.querySelector(".answer").hidden = true;
      question.querySelector(".answer").open = false;
      for (const input of inputs(question)) input.disabled = false;
    }
    missing.textContent = "";
    score.hidden = true;
    quiz.querySelector("button[type=submit]").hidden = false;
  };
  quiz.addEventListener("reset", () => {
    begin();
    questions[0].scrollIntoView();
    inputs(questions[0])[0].focus({ preventScroll: true });
  });
  begin();
  quiz.querySelector(".quiz-end").hidden = false;
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

// Prints the page.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => print());
  button.hidden = false;
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

// Keeps the pages for an emergency for a day without a network, where the site says so.
const manifest = document.querySelector("link[rel=manifest]");
if (manifest && "serviceWorker" in navigator && isSecureContext) {
  navigator.serviceWorker.register(new URL("sw.js", manifest.href)).catch(() => {});
}
