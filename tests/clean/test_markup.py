"""The markup beside a story's text: the same words, only listed tags, every character traced."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from dateline.clean.markup import markup_of, sanitised
from dateline.clean.markup_tree import ATTRIBUTES, INLINE, LEAVES, OUTER
from dateline.clean.stories import clean
from dateline.story import Item, Markup, Refused, Story

TAGS = INLINE | OUTER | LEAVES
HOME = "https://paper.example/2020/ferry"


def told(body: str, *, form: Any = "html") -> Story:
    return clean(Item(format="rss", headline="Ferry sails", body=body, body_type=form, url=HOME))


def tree(markup: Markup) -> Any:
    return lxml_html.fragment_fromstring(markup.html, create_parent="div")


def assert_holds(story: Story) -> None:
    """Check all that is promised of a story's markup."""
    markup = story.markup
    assert markup is not None
    root = tree(markup)
    innermost = [
        each
        for each in root.iter()
        if each.tag in LEAVES or (each.tag == "li" and not any(child.tag in LEAVES for child in each))
    ]
    own = ["".join(_own_text(each)) for each in innermost]
    assert own == list(story.paragraphs)
    at = written = 0
    for run in markup.runs:
        assert story.text[at : run.text.start] in ("", "\n\n")
        assert run.html.start >= written
        assert html.unescape(run.html.of(markup.html)) == run.text.of(story.text)
        assert len(run.text) == len(run.html) or len(run.text) == 1
        at, written = run.text.end, run.html.end
    assert at == len(story.text)
    for each in root.iterdescendants():
        assert each.tag in TAGS
        assert set(each.attrib) <= ATTRIBUTES.get(each.tag, set()) | ATTRIBUTES["*"]
        assert each.get("href", "https://").lower().startswith(("http://", "https://", "mailto:"))
    assert sanitised(markup.html) == markup.html


def _own_text(element: Any) -> list[str]:
    """Return the words of a block without those of the lists in it."""
    parts = [element.text or ""]
    for child in element:
        parts += [] if child.tag in OUTER else _own_text(child)
        parts.append(child.tail or "")
    return parts


# --- what is kept ---------------------------------------------------------------------------------------

KEPT = {
    "emphasis": ("<p>A <b>bold </b>word</p>", "<p>A <b>bold</b> word</p>"),
    "nested em": ("<p><em>so <em>very</em> late</em>, no</p>", "<p><em>so <em>very</em> late</em>, no</p>"),
    "overlapping": ("<p><b>one <i>two</b> three</i></p>", "<p><b>one <i>two</i></b> three</p>"),
    "headings": (
        "<h1>First</h1><p>a</p><h3>Second</h3><p>b</p><h6>Third</h6><p>c</p>",
        "<h2>First</h2><p>a</p><h3>Second</h3><p>b</p><h4>Third</h4><p>c</p>",
    ),
    "a list": (
        "<p>Aboard:</p><ul><li>a goat<li>a <b>boat</b></ul>",
        "<p>Aboard:</p><ul><li>a goat</li><li>a <b>boat</b></li></ul>",
    ),
    "lists in a row": ("<ul><li>a</ul><ol><li>b</ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
    "a list in a list": (
        "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
        "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
    ),
    "paragraphs in an item": (
        "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>",
        "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>",
    ),
    "a quotation": (
        "<p>He said:</p><blockquote>Late<br>again.<br><br>Very.</blockquote>",
        "<p>He said:</p><blockquote><p>Late again.</p><p>Very.</p></blockquote>",
    ),
    "bare paragraphs": ("One.\n\nTwo is <i>late</i>.", "<p>One.</p><p>Two is <i>late</i>.</p>"),
    "a whole link": ('<p><a href="/pier?a=1&b=2">here</a></p>', '<p><a href="https://paper.example/pier?a=1&amp;b=2">here</a></p>'),
    "mail": ('<p>To <a href="mailto:a@paper.example">us</a></p>', '<p>To <a href="mailto:a@paper.example">us</a></p>'),
    "a link around blocks": (
        '<a href="https://a.example/"><h2>Go</h2><p>on</p></a>',
        '<h2><a href="https://a.example/">Go</a></h2><p><a href="https://a.example/">on</a></p>',
    ),
    "an abbreviation": (
        '<p><abbr title="a &quot;b&quot; > c">abc</abbr></p>',
        '<p><abbr title="a &quot;b&quot; &gt; c">abc</abbr></p>',
    ),
    "direction": (
        '<p dir="RTL" lang="fa">\u0646\u0627\u0648 <span dir="ltr" class="x">MV 7</span></p>',
        '<p dir="rtl" lang="fa">\u0646\u0627\u0648 <span dir="ltr">MV 7</span></p>',
    ),
    "language": ('<p>a <i lang="la">nauta</i> b</p>', '<p>a <i lang="la">nauta</i> b</p>'),
    "escapes": ("<p><b>a &lt;b&gt; &amp;amp; \"c\"</b></p>", '<p><b>a &lt;b&gt; &amp;amp; "c"</b></p>'),
    "unwrapped": ('<p><font color="red"><u>red</u></font> <i>tape</i></p>', "<p>red <i>tape</i></p>"),
    "a place in the page": ('<p><b>note</b> <a href="#n1">1</a></p>', "<p><b>note</b> 1</p>"),
    "a shortcode mended": ("<p><b>Now</b> [dropcap]T[/dropcap]he end</p>", "<p><b>Now</b> The end</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "wanted"), KEPT.values(), ids=KEPT)
def test_what_markup_keeps(source: str, wanted: str) -> None:
    story = told(source)
    assert story.markup is not None
    assert story.markup.html == wanted
    assert_holds(story)


@pytest.mark.parametrize("source", ["<p>a &amp; b</p>", "<div><p>a</p><u>b</u></div>", "<p><a name=x>a</a><b></b></p>"])
def test_markup_that_says_no_more_than_the_text_is_none(source: str) -> None:
    assert told(source).markup is None


def test_plain_text_has_no_markup() -> None:
    assert told("A <b>bold</b> ferry.\n\nIt sailed.", form="text").markup is None


def test_lines_of_the_site_are_in_neither() -> None:
    story = told("<h2>Ferry sails</h2><p>It <b>sailed</b>.</p><p><a href='/s'>Share this article</a></p><p>Late.</p>")
    assert {repair.kind for repair in story.repairs} == {"furniture", "doubled-line"}
    assert story.markup is not None
    assert story.markup.html == "<p>It <b>sailed</b>.</p><p>Late.</p>"


PAGE = """<html><head><title>Ferry sails at last</title><meta property="og:title" content="Ferry sails at last"></head>
<body><nav><a href="/boats">Boats</a></nav><ul><li><a href="/goats">Background</a></li></ul><article>
<h1>Ferry sails at last</h1>
<p>The ferry of the northern islands <em>sailed</em> on Tuesday with eleven passengers and a goat, the port said.</p>
<aside class="related"><p><a href="/x">Another story of a ferry that nobody ever asked us to print here</a></p></aside>
<h3>Background</h3>
<p>It had waited for nine weeks at the <a href="/pier">old pier</a>, as nobody found the key to its engine room.</p>
<blockquote><p>We looked everywhere but in the lock, and that is where it had been all along.</p></blockquote>
<p>A second key has been ordered by the harbour office and will hang beside the first one from next month on.</p>
</article><footer><p>Share this article</p></footer></body></html>"""


def test_the_markup_of_a_page_is_that_of_its_article() -> None:
    story = told(PAGE, form="page")
    assert story.markup is not None
    assert_holds(story)
    assert "Another story" not in story.markup.html
    root = tree(story.markup)
    found = [each.tag for each in root]
    assert found == ["p", "h3", "p", "blockquote", "p"]
    assert [each.get("href") for each in root.iter("a")] == ["https://paper.example/pier"]


def test_a_paragraph_out_of_order_costs_only_itself() -> None:
    lines = [f"Paragraph number {word} of a story about one ferry." for word in ("one", "two", "three", "four")]
    root = lxml_html.fromstring("<div>" + "".join(f"<p><b>{line}</b></p>" for line in lines) + "</div>")
    markup = markup_of("\n\n".join([lines[3], *lines[:3], "Not of the page."]), root, base=None)
    assert markup is not None
    assert markup.html == (
        f"<p>{lines[3]}</p>" + "".join(f"<p><b>{line}</b></p>" for line in lines[:3]) + "<p>Not of the page.</p>"
    )


# --- what is never kept ---------------------------------------------------------------------------------

SCRIPTS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<b onclick=alert(1)>x</b>",
    "<i/onmouseover=alert(1)>x</i>",
    "<em style='background:url(javascript:alert(1))'>x</em>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' jAvAsCrIpT:alert(1)'>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//x.example/&quot; onclick=&quot;alert(1)'>x</a>",
    "<a href='https://x.example/\"onclick=alert(1)//'>x</a>",
    "<a href='mailto:a@b.example\" onclick=alert(1)'>x</a>",
    "<a href='https://x.example\\@y.example/'>x</a>",
    "<abbr title='\"><script>alert(1)</script>'>x</abbr>",
    "<span lang='\"><img src=x onerror=alert(1)>'>x</span>",
    "<bdi dir='ltr onload=alert(1)'>x</bdi>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>x</object>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<base href=javascript:alert(1)//><a href=x>x</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<b><style><!--</style><script>alert(1)//--></script></b>",
    "<textarea></textarea><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)


@pytest.mark.parametrize(
    "frame", ["{}", "<p>in a {} line</p>", "<p><a href='/x'>in a {} link</a></p>", "<ul><li>{}</ul>"]
)
@pytest.mark.parametrize("script", SCRIPTS)
def test_no_script_comes_through(script: str, frame: str) -> None:
    story = told(f"<p>It <b>sailed</b>.</p>{frame.format(script)}<p>It <i>came</i> back.</p>")
    assert_holds(story)


def test_a_base_element_of_the_source_leads_no_link() -> None:
    story = told("<base href='https://elsewhere.example/'><p>a <a href='x'>link</a></p>")
    assert [each.get("href") for each in tree(story.markup or Markup(html="", runs=())).iter("a")] == [
        "https://paper.example/2020/x"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<em>" * 240 + "<p>x" * 200_000,
        "<a href='https://x.example/" + "y" * 1_900 + "'>" + "<p>a word" * 15_000,
        "<b>x</b>y" * 100_000,
        "<b>a</b>" + "a<br>" * 190_000,
        "<p>" + "".join(f"<b id=a{number}>" for number in range(200)) + "<p>x" * 200_000,
        "<blockquote>" * 250 + "<p>x" * 15_000,
    ],
    ids=["emphasis", "address", "changes", "lines", "formatting", "quotations"],
)
def test_markup_grows_no_larger_than_a_story(body: str) -> None:
    story = told(body)
    assert story.markup is None or len(story.markup.html) <= 2_000_000


# --- for any fragment -----------------------------------------------------------------------------------

WORDS = st.text("ab &<>\"'\n\u200c\u00a0\u00ad\u0633\u0644\U0001f600.;#", max_size=8).map(
    lambda said: said.replace("<", "&lt;")
)
NAMES = st.sampled_from(
    [*sorted(TAGS), "div", "br", "h1", "u", "font", "table", "tr", "td", "script", "img", "svg", "section", "pre", "s"]
)
GIVEN = st.sampled_from(
    [
        "",
        " href='/x?a&b'",
        " href=javascript:a",
        " dir=rtl",
        " lang=fa",
        " title='a\"<'",
        " onclick=a",
        " style=x:y",
        " hidden",
    ]
)
OPENING = st.builds("<{}{}>".format, NAMES, GIVEN)
CLOSING = st.builds("</{}>".format, NAMES)
FRAGMENTS = st.lists(st.one_of(WORDS, WORDS, OPENING, CLOSING, st.just("\n\n")), max_size=30).map("".join)


@settings(max_examples=300)
@given(FRAGMENTS)
def test_any_fragment_keeps_its_words_and_its_map(fragment: str) -> None:
    try:
        story = told(f"<p>It <b>sailed</b>.</p>{fragment}")
    except Refused:
        return
    assert_holds(story)
