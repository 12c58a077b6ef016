// Finds places of the handbook for what somebody typed. Loaded when a search begins; shows nothing itself.
//
// Two indexes are asked. `search/titles.json` holds titles, headings, numbers and terms: what matches there comes first,
// and an exact match before all others. The text of all sections is pagefind's; in a handbook that was opened from a
// file, which may load nothing, `search/data.js` has put both into the page and the text is looked through as it is.
"use strict";
(() => {
  // What counts as the same: width, half-width kana, case; then katakana and hiragana, marks between words, and the long
  // vowel at the end of サーバー.
  const usual = (text) => text.normalize("NFKC").toLowerCase();
  const fold = (text) =>
    usual(text)
      .replace(/(?<=[ァ-ヴ]{2})ー(?![ァ-ヴー])/g, "")
      .replace(/[ァ-ヴ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
      .replace(/[\s・、。，．「」『』()\[\]‐–—_/:,-]+/g, "");

  let root = "";
  let titles = null;
  let pagefind = null;
  // What pagefind has said before: each word is asked again with every letter typed.
  const answers = new Map();
  const fragments = new Map();

  async function open(from) {
    root = from;
    const data = globalThis.kiteiSearchData;
    const read = async () => (data ? data.titles : (await fetch(root + "search/titles.json")).json());
    titles ??= read().then(prepare);
    return titles;
  }

  // One entry for every place that can be found.
  function prepare({ documents, terms, places }) {
    const entries = [];
    const byAddress = new Map();
    const add = (entry) => {
      entry.key = fold(entry.name);
      entries.push(entry);
      byAddress.set(entry.address, entry);
    };
    const addresses = documents.map((document) => "documents/" + encodeURIComponent(document.id) + ".html");
    const place = (at, anchor) => addresses[at] + (anchor && "#" + part(anchor));
    documents.forEach((document, at) => {
      const { title, number, tier, roles, controls } = document;
      // What stands around every heading of the document.
      const around = { key: fold(title), headings: document.sections.map(([, , name]) => fold(name)).join(" ") };
      const common = { document: title, number, tier, controls, around };
      const numbers = [fold(number), fold(document.id)];
      add({ ...common, kind: "document", label: title, name: title, address: place(at, ""), roles, numbers, about: document.summary });
      for (const [anchor, label, name, named] of document.sections) {
        const own = fold(label.replace(/[ （].*$/, ""));
        const numbered = numbers.flatMap((number) => [number + own, around.key + own]);
        add({ ...common, kind: "section", label, name, address: place(at, anchor), roles: [...roles, ...named], numbers: numbered });
      }
    });
    for (const [kind, label, address] of places) {
      const [, number, name] = label.match(/^(A\.[\d.]+) (.*)$/) || [, "", label];
      const numbers = number ? [fold(number), fold(number.slice(2))] : [];
      add({ kind, label, name, address, numbers, controls: number ? [number.slice(2)] : [], roles: [] });
    }
    const words = terms.map((term) => {
      const entry = { kind: "term", label: term.term, name: term.term, address: term.address, about: term.definition };
      add({ ...entry, numbers: [], controls: [], roles: [] });
      const words = [term.term, ...term.variants, ...term.keywords].map(fold);
      // A reading is short and may stand in any text by chance: it counts alone only.
      const [keys, inside] = [[...words, fold(term.reading ?? "")], words.filter((word) => word.length > 1)];
      const see = term.see.map(([at, anchor]) => byAddress.get(place(at, anchor))).filter(Boolean);
      return { entry: byAddress.get(term.address), term: term.term, keys, inside, see };
    });
    return { entries, byAddress, terms: words };
  }

  // As `address_part` in the program writes it.
  const part = (text) =>
    text.replace(/[^\p{L}\p{N}\-._~:@!$()*+,;=]/gu, (c) => encodeURIComponent(c).replace("'", "%27"));

  // The words of a query: apart by spaces, or by a particle between two words (端末を紛失した).
  const split = (query) =>
    query
      .trim()
      .split(/\s+/)
      .flatMap((chunk) => chunk.split(/(?<=[^ぁ-ん\s])(?:から|まで|[をがはにでとのへも])(?=[^ぁ-ん\s]|な|し)/))
      .filter(Boolean);
  // 紛失した → 紛失, 捨て方 → 捨て: endings change from text to text.
  const stem = (word) => {
    const bare = word.replace(/(方法|方|時|場合)$/, "");
    const short = bare.replace(/[ぁ-ん]+$/, "");
    return short.length >= 2 ? short : bare.length >= 2 ? bare : word;
  };
  // The words of which one without spaces is made, by the browser's dictionary: 写真撮影 → 写真, 撮影.
  const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
  const parts = (words) => {
    const made = words.flatMap((word) => {
      const inside = segmenter ? [...segmenter.segment(stem(word))].map(({ segment }) => segment) : [stem(word)];
      const telling = inside.filter((segment) => segment.length > 1 && /[^ぁ-んー]/.test(segment));
      return telling.length ? telling : [stem(word)];
    });
    return [...new Set(made)].slice(0, 8);
  };

  // How well a word fits a text, from 0 to 1.
  const fit = (text, word) => {
    if (text === word) return 1;
    if (!word || !text.includes(word)) return 0;
    return (text.startsWith(word) ? 0.6 : 0.5) + (0.3 * word.length) / text.length;
  };
  const best = (text, keys) => Math.max(0, ...keys.map((key, at) => fit(text, key) * (at === 0 ? 1 : 0.85)));
  // Points for what is typed as a whole.
  function exactly(entry, whole) {
    if (entry.numbers.includes(whole)) return 130;
    if (entry.kind === "section" && entry.around.key + entry.key === whole) return 125;
    const points = fit(entry.key, whole);
    return points === 1 ? ({ section: 100, annex: 95 }[entry.kind] ?? 110) : 70 * points;
  }

  // How well title, heading and number fit each word, from 0 to 1. Other headings of the document count a little;
  // `known` keeps what was found about a document.
  function fits(entry, words, known) {
    if (entry.kind === "section" && !known.has(entry.around)) {
      const { key, headings } = entry.around;
      const beside = (keys) => (keys.some((word) => word.length > 1 && headings.includes(word)) ? 0.3 : 0);
      known.set(entry.around, words.map((keys) => Math.max(0.55 * best(key, keys), beside(keys))));
    }
    const around = entry.kind === "section" ? known.get(entry.around) : [];
    return words.map((keys, at) => {
      const numbered = entry.numbers.some((number) => number.startsWith(keys[0])) ? 0.6 : 0;
      return Math.max(best(entry.key, keys), around[at] ?? 0, numbered);
    });
  }

  const passes = (entry, filters) =>
    (!filters.tier || entry.tier === filters.tier) &&
    (!filters.role || entry.roles.includes(filters.role)) &&
    (!filters.control || entry.controls.includes(filters.control));

  // What somebody typed: as a whole, by words (each with other forms that count for it), and by the glossary.
  function understand({ terms }, query) {
    const whole = fold(query);
    const typed = split(usual(query));
    const known = (text) => terms.filter((term) => term.inside.some((key) => text.includes(key)));
    // The terms that are meant, and how much of the query speaks of them.
    const share = (term) => Math.max(0, ...term.inside.filter((key) => whole.includes(key)).map((key) => key.length / whole.length));
    const meant = [...new Set([...terms.filter((term) => term.keys.includes(whole)), ...known(whole)])].map((term) => ({ term, share: share(term) }));
    // Those for which other words stand.
    const instead = meant.filter(({ term }) => !whole.includes(term.keys[0]));
    const words = typed.map((word) => {
      const key = fold(word);
      return [...new Set([key, fold(stem(word)), ...known(key).map((term) => term.keys[0]), ...parts([word]).map(fold)])];
    });
    return { whole, typed, words, meant, instead };
  }

  // Points by entry from titles and terms alone. `texts` adds, for each entry, how well its text fits each word;
  // `weights` says how telling each word is.
  function judge({ entries }, asked, filters, texts = new Map(), weights = asked.words.map(() => 1)) {
    const found = new Map();
    const give = (entry, score) => {
      if (passes(entry, filters) && score > (found.get(entry) ?? 0)) found.set(entry, score);
    };
    const sum = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    const known = new Map();
    for (const entry of entries) {
      give(entry, exactly(entry, asked.whole));
      for (const { term, share } of asked.instead) give(entry, 0.75 * share * share * exactly(entry, term.keys[0]));
      const text = texts.get(entry);
      const titles = fits(entry, asked.words, known);
      const points = titles.map((title, at) => Math.max(title, text?.words[at] ? 0.2 + 0.2 * text.words[at] : 0));
      const covered = points.reduce((sum, point, at) => sum + (point > 0 ? weights[at] : 0), 0) / sum;
      const score = (60 * points.reduce((sum, point, at) => sum + point * weights[at], 0)) / sum;
      // Without a text that holds some word, the heading has to say at least one, and what is around it all others.
      const own = asked.words.some((keys) => best(entry.key, keys) > 0 || entry.numbers.some((number) => number.startsWith(keys[0])));
      if (text || (own && covered > 0.999)) give(entry, score * covered + (own && points.every(Boolean) ? 12 : 0) + (text?.score ?? 0));
    }
    for (const { term, share } of asked.meant) {
      const exact = term.keys.includes(asked.whole);
      const near = 0.4 + 0.6 * share;
      give(term.entry, exact ? 120 : 30 * near);
      term.see.forEach((entry, at) => give(entry, exact ? 118 - at : (42 - at) * near + (texts.get(entry)?.score ?? 0)));
    }
    return [...found].sort(([, a], [, b]) => b - a).map(([entry]) => entry);
  }

  // Asks pagefind for all words together, and for each alone.
  async function fullText(asked, filters, index) {
    pagefind ??= import(new URL(root + "pagefind/pagefind.js", location.href)).then(async (module) => {
      await module.options({ baseUrl: "/" });
      return module;
    });
    const module = await pagefind;
    const chosen = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
    const kept = JSON.stringify(chosen);
    const ask = async (text) => {
      if (answers.size > 500) answers.clear();
      const key = text + kept;
      if (!answers.has(key)) answers.set(key, (await module.search(text, { filters: chosen })).results);
      return answers.get(key);
    };
    const read = async (result) => {
      if (!fragments.has(result.id)) {
        const { raw_url, url, content } = await result.data();
        const entry = index.byAddress.get(raw_url || url.replace(/^\//, ""));
        fragments.set(result.id, { entry, text: content.replace(/\u200b/g, "").split("\u2063")[0] });
      }
      return fragments.get(result.id);
    };
    const found = new Map();
    const note = (results, act) => {
      for (const result of results) {
        if (!found.has(result.id)) found.set(result.id, { result, score: 0, words: asked.words.map(() => 0) });
        act(found.get(result.id), result.score / results[0].score);
      }
    };
    const together = [parts(asked.typed).join(" ")];
    if (/^[ぁ-ゖー]{3,}$/.test(asked.typed.join(""))) {
      together.push(asked.typed.join("").replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60)));
    }
    let total = 0;
    for (const text of together) {
      const results = await ask(text);
      total = Math.max(total, results.length);
      note(results, (entry, share) => (entry.score = Math.max(entry.score, 14 * share)));
    }
    const weights = [];
    for (const [at, word] of asked.typed.entries()) {
      const key = fold(word);
      const others = asked.instead.map(({ term }) => term).filter((term) => term.inside.some((inside) => key.includes(inside)));
      let count = 0;
      for (const text of new Set([...parts([word]), ...others.map((term) => usual(term.term))])) {
        const results = await ask(text);
        count = Math.max(count, results.length);
        note(results, (entry, share) => (entry.words[at] = Math.max(entry.words[at], share)));
      }
      weights.push(Math.log(1 + index.entries.length / (1 + count)));
    }
    const value = ({ score, words }) => score + 20 * words.reduce((sum, share, at) => sum + (share && weights[at] * (0.5 + share / 2)), 0);
    const first = [...found.values()].sort((a, b) => value(b) - value(a)).slice(0, 30);
    const texts = new Map();
    for (const [at, { entry, text }] of (await Promise.all(first.map(({ result }) => read(result)))).entries()) {
      if (entry) texts.set(entry, { ...first[at], text });
    }
    return { texts, weights, total };
  }

  // Looks through the text itself.
  function through(asked, filters, index) {
    index.texts ??= Object.entries(globalThis.kiteiSearchData.texts).map(([address, text]) => ({ address, text, key: fold(text) }));
    const count = asked.words.map(() => 0);
    const texts = new Map();
    for (const { address, text, key } of index.texts) {
      const entry = index.byAddress.get(address);
      if (!entry || !passes(entry, filters)) continue;
      const times = asked.words.map((keys) => Math.max(...keys.map((word) => (word ? key.split(word).length - 1 : 0))));
      if (!times.some(Boolean)) continue;
      times.forEach((times, at) => (count[at] += times > 0));
      const shares = times.map((times) => Math.min(times, 4) / 4);
      texts.set(entry, { score: shares.every(Boolean) ? 15 : 0, words: shares, text });
    }
    const weights = count.map((count) => Math.log(1 + index.entries.length / (1 + count)));
    return { texts, weights, total: texts.size };
  }

  // Searches. `early` is told what titles alone say, before all the text is asked.
  async function search(query, filters = {}, early = null) {
    const index = await titles;
    if (!fold(query)) {
      const chosen = filters.tier || filters.role || filters.control;
      const results = chosen ? index.entries.filter((entry) => entry.kind === "document" && passes(entry, filters)) : [];
      return { results, total: results.length, complete: true };
    }
    const asked = understand(index, query);
    const byTitle = () => {
      const results = judge(index, asked, filters);
      return { results, total: results.length };
    };
    early?.({ ...byTitle(), complete: false });
    try {
      const ask = globalThis.kiteiSearchData ? through : fullText;
      const { texts, weights, total } = await ask(asked, filters, index);
      const results = judge(index, asked, filters, texts, weights);
      const show = (entry) => texts.has(entry) && excerpt(entry, texts.get(entry).text, query);
      return { results, excerpt: show, total: Math.max(results.length, total), complete: true };
    } catch {
      // The titles are still right; the page says that the text was not looked through.
      return { ...byTitle(), complete: true, failed: true };
    }
  }

  // The part of a text around the first word, as pieces of [text, whether it was searched for].
  function excerpt(entry, text, query) {
    const all = text.replace(/\s+/g, " ");
    const body = all.startsWith(entry.label + " ") ? all.slice(entry.label.length + 1) : all;
    const folded = [];
    let key = "";
    [...body].forEach((c, at) => {
      for (const unit of fold(c)) folded.push(at), (key += unit);
    });
    const letters = [...body];
    const marked = new Set();
    let first = -1;
    for (const word of split(usual(query)).flatMap((word) => [fold(word), fold(stem(word))])) {
      for (let at = word ? key.indexOf(word) : -1; at >= 0; at = key.indexOf(word, at + word.length)) {
        for (let i = at; i < at + word.length; i += 1) marked.add(folded[i]);
        if (first < 0 || folded[at] < first) first = folded[at];
      }
    }
    const start = Math.max(0, first - 30);
    const end = Math.min(letters.length, start + 110);
    const pieces = start > 0 ? [["…", false]] : [];
    for (let at = start; at < end; at += 1) {
      const last = pieces.at(-1);
      if (last && last[1] === marked.has(at)) last[0] += letters[at];
      else pieces.push([letters[at], marked.has(at)]);
    }
    if (end < letters.length) pieces.push(["…", false]);
    return pieces;
  }

  // What to try where nothing was found: the query with a word less, and terms that read alike.
  async function instead(query) {
    const index = await titles;
    const words = split(query);
    const fewer = words.length > 1 ? words.map((_, left) => words.filter((_, at) => at !== left).join(" ")) : [];
    const pairs = (text) => new Set([...text].slice(1).map((c, at) => text[at] + c));
    const typed = [query, ...words].map((text) => pairs(fold(text)));
    const likeness = (key) => {
      const other = pairs(key);
      const share = (own) => (2 * [...other].filter((pair) => own.has(pair)).length) / (own.size + other.size);
      return Math.max(...typed.map(share));
    };
    const near = index.terms
      .map((term) => [Math.max(...term.keys.map(likeness)), term.entry])
      .filter(([score]) => score >= 0.25)
      .sort(([a], [b]) => b - a)
      .slice(0, 4)
      .map(([, entry]) => entry);
    return { fewer: [...new Set(fewer)], near };
  }

  globalThis.kiteiFind = { open, search, instead, fold };
})();
