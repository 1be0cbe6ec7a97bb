// The search page of a baked site. It asks files of this very site and nothing else; see site/find.py.
(() => {
  "use strict";
  const found = document.getElementById("found");
  const query = (new URLSearchParams(location.search).get("q") || "").trim().slice(0, 200);
  const LETTERS = /*LETTERS*/ {};
  const SHOWN = 50;

  const digit = (char) => {
    let value = 0;
    for (let at = char.codePointAt(0) - 1; value < 9 && /\p{Nd}/u.test(String.fromCodePoint(at)); at--) value++;
    return String(value);
  };
  // As text/folding.py folds: what a reader takes for one spelling is one.
  const fold = (text) => {
    const folded = [];
    for (const char of text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKD").toLowerCase()) {
      if (/\p{Nd}/u.test(char)) folded.push(digit(char));
      else if (/\p{Mn}/u.test(char)) {
        if (char === "\u0306" && folded[folded.length - 1] === "и") folded[folded.length - 1] = "й";
      } else if (!/\p{Cf}/u.test(char) || char === "\u200c") folded.push(char in LETTERS ? LETTERS[char] : char);
    }
    return folded.join("");
  };
  const wordsOf = (text) => [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) || [])];

  const asked = new Map();
  const file = (name) => {
    if (!asked.has(name))
      asked.set(name, fetch(found.dataset.index + name + ".json").then((answer) => {
        if (answer.status === 404) return {};
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }));
    return asked.get(name);
  };
  const fileOf = (word, split) => {
    const letters = Array.from(word);
    let length = 1;
    while (length < letters.length && split.has(letters.slice(0, length).join(""))) length++;
    return "words/" + letters.slice(0, length).map((letter) => letter.codePointAt(0).toString(16)).join("-");
  };
  // What a query asks: words that must be there, and others (each piece all of its words) that must not. Pieces that are
  // passed over (fields, OR, …) or taken for less than they say (a phrase, a stem) are told.
  const PIECE = /(?:[-−]|NOT\s+)\([^()]*\)?|[()]|[-−]*(?:\p{L}+:)?~?(?:"[^"]*(?:"\*?|$)|[^\s()"]+)/gu;
  const PASSED = /^(?:[()].*|(?:[-−]|NOT\s+)\(.*|OR|\|\|?|NEAR(?:\/\d+)?|[-−]*\p{L}+:.*)$/su;
  const read = (text) => {
    const asked = { wanted: [], barred: [], passed: [], loose: [], starred: [] };
    const pieces = text.replace(/[“”„‟«»＂]/g, '"').match(PIECE) || [];
    let isBarred = false;
    for (const [n, piece] of pieces.entries()) {
      const bars = isBarred || /^[-−]/.test(piece);
      isBarred = piece === "NOT";
      const words = wordsOf(piece);
      const isQuoted = piece.includes('"');
      if (PASSED.test(piece)) asked.passed.push(piece);
      else if (words.length && !/^(?:NOT|AND)$/.test(piece)) {
        const isStarred = piece.endsWith("*");
        const goesOn = isStarred || (n === pieces.length - 1 && !bars && !isQuoted);
        const parts = words.map((word, at) => ({ word, goesOn: goesOn && at === words.length - 1 }));
        if (bars) asked.barred.push(parts);
        else asked.wanted.push(...parts);
        if (isStarred) asked.starred.push([piece, words[words.length - 1]]);
        if (/^[-−]*~/.test(piece) || (isQuoted && words.length > 1)) asked.loose.push(piece);
      }
    }
    return asked;
  };

  // A word that goes on may be one that is still being typed.
  const codesOf = async ({ word, goesOn }, split) => {
    const held = await file(fileOf(word, split));
    const matching = goesOn ? Object.keys(held).filter((each) => each.startsWith(word)) : [word];
    return new Set(matching.flatMap((each) => (Object.hasOwn(held, each) ? held[each] : [])));
  };
  // The codes that all of some words have.
  const allOf = async (words, split) => {
    const sets = await Promise.all(words.map((word) => codesOf(word, split)));
    return [...(sets[0] || [])].filter((code) => sets.every((set) => set.has(code)));
  };

  const shown = (code, told) => {
    const item = document.createElement("li");
    const card = item.appendChild(document.createElement("article"));
    card.className = "card";
    const link = card.appendChild(document.createElement("h2")).appendChild(document.createElement("a"));
    link.href = told[0];
    link.textContent = told[1];
    const gist = card.appendChild(document.createElement("p"));
    gist.className = "gist";
    gist.textContent = told[3] + " …";
    const meta = card.appendChild(document.createElement("p"));
    meta.className = "meta";
    const page = document.documentElement.lang;
    const day = told[2] && new Intl.DateTimeFormat(page, { dateStyle: "long", timeZone: "UTC" }).format(new Date(told[2]));
    for (const [text, kind] of [[day, ""], [code, "code"]].filter((each) => each[0])) {
      const part = meta.appendChild(document.createElement("bdi"));
      part.textContent = text;
      part.className = kind;
    }
    return item;
  };

  const search = async () => {
    const { wanted, barred, passed, loose, starred } = read(query);
    const split = new Set((await file("index")).split);
    // Words that go on from there are in too many files.
    loose.push(...starred.filter((each) => split.has(each[1])).map((each) => each[0]));
    note(found.dataset.passed, passed);
    note(found.dataset.loose, loose);
    if (!wanted.length) return say(found.dataset.needed);
    const out = new Set((await Promise.all(barred.map((words) => allOf(words, split)))).flat());
    const codes = (await allOf(wanted, split)).filter((code) => !out.has(code)).sort((a, b) => b - a);
    const code = /^\d{1,15}$/.test(fold(query)) ? Number(fold(query)) : 0;
    if (code && !codes.includes(code) && (await file("stories/" + Math.floor(code / 100)))[code]) codes.unshift(code);
    const told = await Promise.all(codes.slice(0, SHOWN).map(async (code) => {
      const block = await file("stories/" + Math.floor(code / 100));
      return [code, block[code]];
    }));
    const list = document.createElement("ul");
    list.className = "list";
    list.lang = found.dataset.lang;
    list.dir = found.dataset.dir;
    told.filter((each) => each[1]).sort((a, b) => (a[1][2] < b[1][2] ? 1 : -1)).forEach((each) => list.append(shown(...each)));
    const number = new Intl.NumberFormat(document.documentElement.lang).format(codes.length);
    say(codes.length ? found.dataset.some + " " + number : found.dataset.none);
    found.append(list);
  };
  const say = (text) => {
    found.querySelector("[role=status]").textContent = text;
  };
  const note = (text, pieces) => {
    if (!pieces.length) return;
    const line = found.appendChild(document.createElement("p"));
    line.className = "meta";
    line.append(text + " ");
    line.appendChild(document.createElement("bdi")).textContent = [...new Set(pieces)].join("  ");
  };

  document.querySelectorAll("input[name=q]").forEach((input) => { input.value = query; });
  if (query) search().catch(() => say(found.dataset.failed));
})();
