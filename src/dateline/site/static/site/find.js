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
  // The last word may be one that is still being typed.
  const codesOf = async (word, split, isLast) => {
    const held = await file(fileOf(word, split));
    const matching = isLast ? Object.keys(held).filter((each) => each.startsWith(word)) : [word];
    return new Set(matching.flatMap((each) => (Object.hasOwn(held, each) ? held[each] : [])));
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
    const words = wordsOf(query);
    const { split } = await file("index");
    const sets = await Promise.all(words.map((word, n) => codesOf(word, new Set(split), n === words.length - 1)));
    const codes = [...(sets[0] || [])].filter((code) => sets.every((set) => set.has(code))).sort((a, b) => b - a);
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

  document.querySelectorAll("input[name=q]").forEach((input) => { input.value = query; });
  if (query) search().catch(() => say(found.dataset.failed));
})();
