"""Print pages: the lines somebody pasted or saved, read as a Story.

No order of the lines is assumed. What is neither label, date, address, picture nor furniture is the headline
and the body; which labels there are is data (``text/data/labels.toml``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from dateline.clean.mending import Mended, mend
from dateline.clean.page_text import PageText, looks_like_html, page_text
from dateline.clean.print_figures import FigureReader
from dateline.clean.print_lines import FIGURE_KINDS, PrintLine, print_lines
from dateline.story import Item, Refused, Repair, Stamp, Story
from dateline.text import print_marks
from dateline.text.calendars import read_date
from dateline.text.credits import is_agency, read_credit
from dateline.text.folding import fold, fold_digits
from dateline.text.labels import is_furniture
from dateline.text.language import UNKNOWN, identify, primary
from dateline.text.print_marks import breadth_of, ends_as_sentence, is_paragraph
from dateline.text.spans import Span
from dateline.text.urls import host, site_of

# Labels that end a body; a paragraph of a story may begin with the words of the others.
_HARD = frozenset({"code", "link", "front", "bare front", "address"})
_FOOT = _HARD | {"source", "site"}
_SOFT = frozenset(
    {"by", "source", "author", "byline", "place", "section", "tags", "tag", "summary", "note", "language"}
)
_SOFT_TOO = frozenset({"site", "date"})
MOST_LINKS = 12  # in a print page; a web page has many times more
_TAGS = re.compile(r"\s*[,،;؛|]\s*")


def is_print_page(text: str) -> bool:
    """Tell whether text is a print page: pasted lines, or the HTML of one.

    Web pages carry story codes and short links too, so HTML needs more: no navigation beside the story, few links,
    and a sign that it is for printing.
    """
    if not looks_like_html(text):
        return print_marks.is_print_page(text)
    page = page_text(text, is_html=True)
    marks = set(print_marks.print_marks(page.patched.text)) - {"sure"}
    printing = "prints itself" in page.marks or "window.print(" in text or "@media print" in text or "@page" in text
    titled = any(is_furniture(part) for part in re.split(r"\s*[|:–—-]\s+|\s+[|–—-]\s*", page.title or ""))
    signs = len(marks & {"code", "link"}) + ("qr" in page.marks) + printing + 2 * titled + ("words" in marks)
    return signs >= 3 and "web page" not in page.marks and page.links <= MOST_LINKS


def lines_of_html(html: str) -> list[PrintLine]:
    """Return the lines a saved HTML print page shows, sorted into kinds."""
    mended = mend(page_text(html, is_html=True), is_html=True)
    return print_lines(mended, identify(mended.patched.text))


def read_print_page(item: Item) -> Story:
    """Read a print page, pasted or saved as HTML, and record what was mended.

    Raises Refused ("no-text") when no headline is left, or neither text nor picture under it.
    """
    is_html = item.body_type == "page" or looks_like_html(item.body)
    page = page_text(item.body, is_html=is_html)
    mended = mend(page, is_html=is_html)
    language = identify(mended.patched.text, stated=item.language or page.language)
    sheet = _Sheet(item=item, page=page, mended=mended, language=language)
    sheet.lines = print_lines(mended, language)
    sheet.name_site()
    sheet.find_headline()
    sheet.find_body()
    sheet.read_lines()
    if not sheet.body and not sheet.figures.found:
        raise Refused("no-text", "a print page with a headline and no text")
    return sheet.story()


@dataclass(kw_only=True)
class _Sheet:
    """One print page being read: its lines, and what has been found so far."""

    item: Item
    page: PageText
    mended: Mended
    language: str
    lines: list[PrintLine] = field(default_factory=list)
    headline: str | None = None
    body: list[PrintLine] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    figures: FigureReader = field(default_factory=lambda: FigureReader([]))

    # --- where the parts stand -----------------------------------------------------------------------

    def name_site(self) -> None:
        """Find the site's address and name, and take every line that only says the name."""
        for at, line in enumerate(self.lines):
            if line.kind not in ("front", "bare front") or "site_url" in self.fields:
                continue
            self.fields["site_url"] = line.value
            before = self.lines[at - 1] if at else None
            if before and before.kind == "text" and not before.role and _could_name(before.text):
                self.fields["site_name"] = before.text
        name = self.fields.get("site_name") or self._name_by_host() or self._name_by_title()
        if name:
            self.fields["site_name"] = name
            folded = fold(name)
            self.lines = [
                replace(line, kind="site") if line.kind == "text" and fold(line.text) == folded else line
                for line in self.lines
            ]

    def _name_by_host(self) -> str | None:
        """Return a line at an end of the page that spells the host of the link."""
        link = next((line.value for line in self.lines if line.kind in ("link", "address")), self.page.url or "")
        label = max(site_of(link).split(".")[:-1] or [""], key=len)
        texts = [line.text for line in self.lines if line.kind == "text" and not line.role]
        for text in texts[:2] + texts[-2:]:
            squashed = re.sub(r"[\W_]", "", fold(text))
            if _could_name(text) and label and squashed in (label.replace("-", ""), "the" + label.replace("-", "")):
                return text
        return None

    def _name_by_title(self) -> str | None:
        """Return what an HTML title says beside the headline, when it is one thing."""
        if self.page.site_name:
            return self.page.site_name
        shown = {fold(line.text) for line in self.lines if line.role == "headline"}
        parts = re.split(r"\s+[|–—·-]\s+|\s*\|\s*|:\s+", self.page.title or "")
        left = [part for part in parts if part and not is_furniture(part) and fold(part) not in shown]
        whole = len(parts) > 1 and len(left) == 1 and shown and not any(fold(left[0]) in line for line in shown)
        return left[0] if whole and _could_name(left[0]) else None

    def find_headline(self) -> None:
        """Choose the headline: what a label or the markup says, else the first line before the body that can be one."""
        labelled = [at for at, line in enumerate(self.lines) if line.kind == "headline"]
        texts = [at for at, line in enumerate(self.lines) if line.kind == "text"]
        marked = [at for at in texts if self.lines[at].role == "headline"]
        lesser = [at for at in texts if self.lines[at].role == "heading"]
        first = next((at for at in texts if is_paragraph(self.lines[at].text)), len(self.lines))
        before = [at for at in texts if at < first and not _is_credit(self.lines[at].text)] or texts[:1]
        if not before and not marked and not labelled:
            raise Refused("no-text", "a print page without headline and text")
        worthy = [at for at in before if breadth_of(self.lines[at].text) >= 20 or len(self.lines[at].text.split()) >= 4]
        # A short story's one sentence is longer than its headline, but nothing stands under it.
        over = [at for at in (*worthy, *before) if at < texts[-1]]
        chosen = (labelled or marked or [at for at in lesser if at < first] or over or worthy or before)[0]
        said = self.lines[chosen].value or self.lines[chosen].text
        self._take(chosen, "headline")
        if not marked and self.mended.was_wrapped:
            while chosen + 1 < len(self.lines) and _goes_on(said, self.lines[chosen + 1]):
                chosen += 1
                said = f"{said} {self.lines[chosen].text}"
                self._take(chosen, "headline")
        self.headline = said
        for at, line in enumerate(self.lines):
            if line.kind == "text" and fold(line.text) == fold(said):
                self._take(at, "doubled-line")
            elif line.kind == "text" and at < chosen and not is_paragraph(line.text):
                self._take(at, "furniture")

    def find_body(self) -> None:
        """Settle where the body lies, and give words back to it that only look like labels."""
        texts = [at for at, line in enumerate(self.lines) if line.kind == "text" and is_paragraph(line.text)]
        if not texts:
            return
        first = texts[0]
        end = next((at for at in range(first, len(self.lines)) if self.lines[at].kind in _HARD), len(self.lines))
        kept, cut = (sum(len(self.lines[at].text) for at in texts if (at < end) is inside) for inside in (True, False))
        if cut > kept:  # a code or link in the middle of the story ends nothing
            end = len(self.lines)
        last = max(at for at in texts if at < end)
        for at in range(first, last):
            line = self.lines[at]
            if line.kind in _SOFT or line.kind in _SOFT_TOO:
                self.lines[at] = replace(line, kind="text")
        foot = next((at for at in range(last + 1, len(self.lines)) if self.lines[at].kind in _FOOT), len(self.lines))
        for at, line in enumerate(self.lines):
            if line.kind != "text" or first <= at <= last:
                continue
            if _is_credit(line.text) and "credit" not in self.fields:
                self.fields["credit"] = line.text.strip(" ()[]—–-/")
                self._take(at, "credit")
            elif at > foot:
                self._close(at)

    def _close(self, at: int) -> None:
        """Take a text line below the body: the site's name, or furniture."""
        line = self.lines[at]
        if "site_name" not in self.fields and _could_name(line.text):
            self.fields["site_name"] = line.text
            self._take(at, "site")
        else:
            self._take(at, "furniture")

    def _take(self, at: int, kind: str) -> None:
        self.lines[at] = replace(self.lines[at], kind=kind)

    # --- what the lines say --------------------------------------------------------------------------

    def read_lines(self) -> None:
        """Read every line by its kind, in order."""
        self.figures = FigureReader(list(self.mended.figures))
        for line in self.lines:
            if line.kind in FIGURE_KINDS and self.figures.take(line, len(self.body)):
                continue
            if line.kind in ("text", "alt"):
                self.body.append(line)
            else:
                self._read(line)
        self.figures.close()

    def _read(self, line: PrintLine) -> None:
        kind, value = line.kind, line.value
        if kind in ("date", "published", "updated"):
            self._stamp(line)
        elif kind in ("by", "author"):
            byline, credit = read_credit(value) or (value, None)
            self._set("byline", byline)
            self._set("credit", credit)
        elif kind == "tags":
            self.tags += [tag for tag in (value.split(" · ") if " · " in value else _TAGS.split(value)) if tag]
        elif kind == "tag":
            self.tags.append(value)
        elif kind == "code":
            self._set("code", fold_digits(value))
        elif kind in ("link", "address"):
            self._set("url", value)
        elif kind == "language":
            self.fields["language"] = primary(value)
        elif kind in _FIELDS:
            self._set(_FIELDS[kind], value)
        elif kind in _RULES and line.raw:
            before = line.raw.of(self.item.body)
            self.repairs.append(Repair(kind=kind, before=before, after="", rule=_RULES[kind], raw=line.raw))

    def _set(self, name: str, value: str | None) -> None:
        if value and not self.fields.get(name):
            self.fields[name] = value

    def _stamp(self, line: PrintLine) -> None:
        dated = read_date(line.value, language=self.language)
        name = "updated" if line.kind == "updated" else "published"
        if dated is None or name in self.stamps:
            return
        self.stamps[name] = Stamp(
            value=dated.value,
            precision=dated.precision,
            zone=dated.zone,
            said=line.value,
            origin="date line" if line.kind == "date" else f"{name} line",
        )

    # --- the story -----------------------------------------------------------------------------------

    def story(self) -> Story:
        """Put together what was found."""
        starts: list[tuple[Span, int]] = []
        length = 0
        for line in self.body:
            starts.append((line.span, length))
            length += len(line.text) + 2
        repairs = [*self.repairs, *(self.mended.repair_of(leak, starts) for leak in self.mended.leaks)]
        item, text = self.item, "\n\n".join(line.text for line in self.body)
        url = self.fields.get("url") or self.page.url or item.url
        return Story(
            headline=item.headline or self.headline or "",
            text=text,
            language=self.fields.get("language") or self._language_of(text),
            published=self.stamps.get("published"),
            updated=self.stamps.get("updated"),
            dateline=self.fields.get("dateline"),
            byline=self.fields.get("byline"),
            credit=self.fields.get("credit"),
            summary=self.fields.get("summary"),
            section=self.fields.get("section"),
            tags=tuple(self.tags),
            figures=tuple(self.figures.found),
            code=self.fields.get("code"),
            guid=item.guid,
            url=url,
            site_name=self.fields.get("site_name") or item.site_name,
            site_url=self._site_url(url),
            status=item.status,
            version=item.version,
            note=self.fields.get("note"),
            corrects=item.corrects,
            repairs=_outermost(repairs),
        )

    def _language_of(self, text: str) -> str:
        """Return the language of the text; where it leaves a doubt, what is stated, or what the labels are in."""
        labels = Counter(line.language for line in self.lines if line.language != UNKNOWN)
        spoken = labels.most_common(1)[0][0] if labels else None
        return identify(f"{self.headline}\n\n{text}", stated=self.item.language or self.page.language or spoken)

    def _site_url(self, url: str | None) -> str | None:
        said = self.fields.get("site_url")
        if said and "://" not in said and url and site_of(url) == site_of(f"https://{said}"):
            return f"{url.partition('://')[0]}://{host(f'https://{said}')}"
        return said or self.item.site_url


_FIELDS = {
    "source": "credit",
    "byline": "byline",
    "place": "dateline",
    "section": "section",
    "summary": "summary",
    "note": "note",
    "site": "site_name",
}
_RULES = {
    "doubled-alt": "the alternative text of an image stands twice; it is a line of the page, not of the story",
    "furniture": "a line of the page, not of the story",
    "doubled-line": "the headline printed a second time",
}


def _could_name(text: str) -> bool:
    """Tell whether a line can be the name of a site: a few words, no sentence."""
    return len(text) <= 60 and len(text.split()) <= 7 and not ends_as_sentence(text) and not text.endswith((":", "،"))


def _is_credit(text: str) -> bool:
    """Tell whether a line without a label is an agency standing alone: "Agencies", "(dpa)", "AFP/Reuters"."""
    said = text.strip(" ()[]—–-")
    return 2 <= len(said) <= 40 and len(said.split()) <= 4 and is_agency(said) and not ends_as_sentence(said)


def _outermost(repairs: list[Repair]) -> tuple[Repair, ...]:
    """Return the repairs in order, without those inside another: taking a line out takes out what leaked into it."""
    placed = [(repair.raw, repair) for repair in repairs if repair.raw]
    kept: list[Repair] = []
    end = 0
    for raw, repair in sorted(placed, key=lambda each: (each[0].start, -each[0].end)):
        if raw.start >= end:
            kept.append(repair)
            end = raw.end
    return tuple(kept)


def _goes_on(said: str, line: PrintLine) -> bool:
    """Tell whether a broken headline goes on in the next line: "… agrees to share one" / "ambulance"."""
    opens = line.text.lstrip("\"'“„«‘([")[:1]
    follows = not opens.isupper() or said.endswith((",", ":", ";", "–", "—", "-"))
    return line.kind == "text" and not line.blank and follows and not is_paragraph(line.text)
