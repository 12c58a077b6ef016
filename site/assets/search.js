// The search box of every page, and the search page. What is found and in which order is told by `find.js`, which is
// loaded when somebody begins to search.
"use strict";
(() => {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const words = box.dataset;
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const page = document.querySelector("[data-search-page]");
  const engine = new URL("find.js", document.currentScript.src);
  const SHOWN = 6;

  const load = (address) =>
    new Promise((resolve, reject) => {
      const script = element("script", { src: address });
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  let loading = null;
  const begin = async () => {
    // A handbook that was opened from a file brings its texts with it.
    if (words.bundle) await load(words.bundle);
    await load(engine);
    await globalThis.kiteiFind.open(words.root);
    return globalThis.kiteiFind;
  };
  const find = () => (loading ??= begin());

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const say = (template, values) => template.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const address = (query, filters = {}) => {
    const asked = new URLSearchParams({ q: query });
    for (const [name, value] of Object.entries(filters)) if (value) asked.set(name, value);
    return words.root + "search.html?" + asked;
  };

  // A result: the article, the document it stands in, and of a text the part that was searched for.
  const describe = (entry, pieces) => {
    const where = { section: entry.document, term: words.term, annex: words.annex, role: words.role }[entry.kind];
    const number = entry.number ? [element("span", { class: "number" }, entry.number)] : [];
    const meta = element("span", { class: "meta" }, ...number, ...(where ? [(number.length ? " " : "") + where] : []));
    const about = pieces ? pieces.map(([text, found]) => (found ? element("mark", {}, text) : text)) : entry.about ? [entry.about] : [];
    return { meta, about: about.length ? element("span", { class: "about" }, ...about) : null };
  };

  // Input of a Japanese keyboard is not finished until it is accepted: nothing is searched or chosen before.
  let composing = false;
  const onType = (act) => {
    input.addEventListener("compositionstart", () => (composing = true));
    input.addEventListener("compositionend", () => {
      composing = false;
      act();
    });
    input.addEventListener("input", (event) => event.isComposing || composing || act());
  };
  const unfinished = (event) => event.isComposing || composing || event.keyCode === 229;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || unfinished(event)) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  input.addEventListener("focus", () => find().catch(() => {}), { once: true });

  if (page) wholePage();
  else suggestions();

  // Below the box of any page: the first few results, chosen with the arrows.
  function suggestions() {
    let turn = 0;
    let active = -1;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const close = () => {
      turn += 1;
      list.hidden = true;
      choose(-1);
      input.setAttribute("aria-expanded", "false");
    };
    const choose = (at) => {
      const all = options();
      active = all.length && at >= -1 ? Math.min(at, all.length - 1) : -1;
      all.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    };
    const option = (href, at, ...children) =>
      element("li", { role: "option", id: "_found-" + at, "data-href": href, "aria-selected": "false" }, ...children);
    const show = (query, { results, complete }) => {
      const made = results.slice(0, SHOWN).map((entry, at) => {
        const { meta } = describe(entry);
        return option(words.root + entry.address, at, element("span", { class: "label" }, entry.label), meta);
      });
      const text = results.length ? words.all : complete ? words.none : words.reading;
      made.push(option(address(query), made.length, element("span", { class: "all" }, say(text, { query }))));
      list.replaceChildren(...made);
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(-1);
    };
    const act = async () => {
      const query = input.value.trim();
      const mine = ++turn;
      if (!query) return close();
      const still = (found) => mine === turn && show(query, found);
      try {
        still(await (await find()).search(query, {}, still));
      } catch {
        still({ results: [], complete: true });
      }
    };
    const go = () => {
      const query = input.value.trim();
      const chosen = options()[active];
      if (chosen) location.href = chosen.dataset.href;
      else if (query) location.href = address(query);
    };
    onType(act);
    input.addEventListener("keydown", (event) => {
      if (unfinished(event)) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !list.hidden) {
        const count = options().length;
        choose(active + step < -1 ? count - 1 : active + step >= count ? -1 : active + step);
      } else if (event.key === "Enter") go();
      else if (event.key === "Escape") list.hidden ? (input.value = "") : close();
      else return;
      event.preventDefault();
    });
    // The box keeps the focus while a result is clicked.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) location.href = chosen.dataset.href;
    });
    input.addEventListener("blur", close);
    input.addEventListener("focus", () => input.value && act());
  }

  // The page of its own: everything that was found, with filters, at an address that can be passed on.
  function wholePage() {
    const [told, results, help] = ["told", "results", "help"].map((name) => page.querySelector(`[data-${name}]`));
    const selects = [...page.querySelectorAll("select")];
    let turn = 0;
    const chosen = () => Object.fromEntries(selects.map((select) => [select.name, select.value]));
    const show = (query, { results: found, excerpt, total, complete, failed }) => {
      const items = found.slice(0, 40).map((entry) => {
        const { meta, about } = describe(entry, excerpt?.(entry));
        const link = element("a", { href: words.root + entry.address }, entry.label);
        return element("li", {}, link, meta, ...(about ? [about] : []));
      });
      results.replaceChildren(...items);
      const asked = query || selects.some((select) => select.value);
      const outcome = total ? say(words.counted, { count: total }) : complete ? say(words.none, { query }) : "";
      told.textContent = !asked ? "" : [outcome, complete ? "" : words.reading, failed ? words.failed : ""].filter(Boolean).join(" ");
      help.hidden = !(query && complete && total === 0);
      if (!help.hidden) advise(query);
    };
    const advise = async (query) => {
      const { fewer, near } = await (await find()).instead(query);
      const link = (href, text) => element("li", {}, element("a", { href }, text));
      const group = (name, items) => {
        const section = help.querySelector(`[data-${name}]`);
        section.hidden = items.length === 0;
        section.querySelector("ul").replaceChildren(...items);
      };
      group("fewer", fewer.map((text) => link(address(text, chosen()), text)));
      group("near", near.map((entry) => link(words.root + entry.address, entry.label)));
    };
    const act = async () => {
      const query = input.value.trim();
      const filters = chosen();
      const mine = ++turn;
      history.replaceState(null, "", query || selects.some((select) => select.value) ? address(query, filters) : location.pathname);
      const still = (found) => mine === turn && show(query, found);
      try {
        still(await (await find()).search(query, filters, still));
      } catch {
        if (mine === turn) told.textContent = words.failed;
      }
    };
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    for (const select of selects) {
      select.value = asked.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
      select.addEventListener("change", act);
    }
    onType(act);
    input.addEventListener("keydown", (event) => {
      if (unfinished(event)) return;
      if (event.key === "Enter") act();
      else if (event.key === "ArrowDown") results.querySelector("a")?.focus();
      else if (event.key === "Escape" && input.value) {
        input.value = "";
        act();
      } else return;
      event.preventDefault();
    });
    results.addEventListener("keydown", (event) => {
      const links = [...results.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown") links[at + 1]?.focus();
      else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
      else if (event.key === "Escape") input.focus();
      else return;
      event.preventDefault();
    });
    if (input.value || selects.some((select) => select.value)) act();
    else input.focus();
  }
})();
