"""Charts: what is drawn is what the table says, every mark leads somewhere, and nothing out of the news is markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from dateline.site import assets, wording
from dateline.site.charts import balance, bars, calendar, chart, network, periods, projection, sparks, timeline, world
from dateline.site.language import speaking
from dateline.site.templating import fill

EVIL = '<script>alert("1")</script> & \u202eevil\x00'
DAY = date(2015, 5, 12)
PLACES = (
    ("Moscow", 55.75, 37.6),
    ("Kyiv", 50.4, 30.5),
    ("Washington", 38.9, -77.0),
    ("Geneva", 46.2, 6.1),
    ("Bern", 46.9, 7.4),
    ("Suva", -18.1, 178.4),
    ("Amundsen–Scott", -89.9, 0.0),
)


@pytest.fixture(autouse=True)
def english(archive: Path) -> Iterator[None]:
    with speaking("en"):
        yield


def search(first: date, last: date) -> str:
    return f"/en/search?q=date:{first}..{last}"


def happenings(number: int, *, every: int = 9, label: str = "Velloria accuses Tarsk") -> list[timeline.Happening]:
    return [
        timeline.Happening(
            day=DAY + timedelta(days=at * every % 3000), quad=1 + at % 4, label=label, href=f"/en/2015/x-{at}#f{at + 1}"
        )
        for at in range(number)
    ]


def dealings(months: int) -> list[balance.Dealings]:
    return [
        balance.Dealings(month=date(2000 + at // 12, 1 + at % 12, 1), quad=quad, number=1 + (at * quad) % 7)
        for at in range(months)
        for quad in (1, 2, 3, 4)
    ]


def ties(number: int, label: str = "Ilena Morvath the Second of Astrel") -> list[network.Tie]:
    return [
        network.Tie(label=f"{label} {at}", number=90 - at, cooperation=at % 3, conflict=at % 4, href=f"/en/pair/{at}")
        for at in range(number)
    ]


def spots(number: int = len(PLACES)) -> list[world.Spot]:
    return [
        world.Spot(label=label, lat=lat, lon=lon, number=40 - at, href=f"/en/place/{at}")
        for at, (label, lat, lon) in enumerate(PLACES[:number])
    ]


def quantities(number: int, label: str = "Harbour Gazette") -> list[bars.Quantity]:
    return [bars.Quantity(label=f"{label} {at}", number=100 - at, href=f"/en/source/{at}") for at in range(number)]


def planned(number: int, label: str = "Summit in Astrel") -> list[calendar.Planned]:
    return [
        calendar.Planned(day=DAY + timedelta(days=at % 9), label=f"{label} {at}", href=f"/en/x#f{at + 1}")
        for at in range(number)
    ]


def topics(number: int, label: str = "Sea law") -> list[sparks.Series]:
    months = [date(2015, month, 1) for month in range(1, 13)]
    return [
        sparks.Series(
            label=f"{label} {at}",
            href=f"/en/topic/{at}",
            months=tuple((month, (at + month.month) % 5, f"/en/search?q={at}-{month:%m}") for month in months),
        )
        for at in range(number)
    ]


KINDS: dict[str, Callable[[int], chart.Chart]] = {
    "timeline": lambda n: timeline.timeline("c", "Deeds", happenings(n), search=search),
    "balance": lambda n: balance.balance("c", "Balance", dealings(n), search=search),
    "network": lambda n: network.network("c", "With whom", "Velloria", ties(n)),
    "world": lambda n: world.world("c", "Where", spots(n)),
    "bars": lambda n: bars.bars("c", "Sources", quantities(n)),
    "sparks": lambda n: sparks.sparks("c", "Topics", "Topic", topics(n)),
    "calendar": lambda n: calendar.month("c", "Planned", planned(n), on=DAY, day_href="/en/{day}"),
}


def parsed(drawn: chart.Chart) -> etree._Element:
    return etree.fromstring(f"<page>{drawn.picture}</page>", etree.XMLParser(huge_tree=False))


def page(drawn: chart.Chart) -> etree._Element:
    return etree.HTML(fill("site/_chart.html", chart=drawn))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [1, 7, 23])
def test_every_mark_leads_somewhere_and_says_what_it_is(kind: str, number: int) -> None:
    drawn = KINDS[kind](number)
    marks = parsed(drawn).findall(".//a")
    assert marks
    assert all(mark.get("href", "").startswith(("/en/", "#c-table")) for mark in marks)
    if kind == "calendar":
        assert len(marks) == number
        assert all(mark.text for mark in marks)
    else:
        assert all((mark.findtext("title") or "").strip() for mark in marks)
        assert len(parsed(drawn).xpath("//title")) == len(marks)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("calendar", "world")])
@pytest.mark.parametrize("number", [1, 7, 23])
def test_the_table_has_a_row_for_every_mark_with_the_same_link(kind: str, number: int) -> None:
    drawn = KINDS[kind](number)
    marks = [mark.get("href") for mark in parsed(drawn).findall(".//a")]
    assert sorted(marks) == sorted(row[-1 if kind == "timeline" else 0].href for row in drawn.rows)
    assert all(len(row) == len(drawn.heads) for row in drawn.rows)
    shown = page(drawn)
    assert len(shown.xpath("//tbody/tr")) == len(drawn.rows)
    assert [cell.text for row in drawn.rows for cell in row] == ["".join(td.itertext()) for td in shown.iter("td")]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_found_says_so(kind: str) -> None:
    drawn = KINDS[kind](0)
    assert not drawn.picture and not drawn.rows
    shown = page(drawn)
    assert "Nothing yet." in "".join(shown.itertext())
    assert not shown.xpath("//details | //svg")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_named_by_its_caption(kind: str) -> None:
    shown = page(KINDS[kind](7))
    (picture,) = shown.xpath("//figure/svg | //figure/table")
    for attribute in ("aria-labelledby", "aria-describedby"):
        (words,) = shown.xpath(f"//*[@id='{picture.get(attribute)}']")
        assert "".join(words.itertext()).strip()
    identities = shown.xpath("//*[@id]/@id")
    assert len(identities) == len(set(identities))
    assert "style=" not in fill("site/_chart.html", chart=KINDS[kind](7))  # the policy of contents


def test_names_out_of_the_news_stay_words() -> None:
    drawn = [
        timeline.timeline("c", EVIL, happenings(3, label=EVIL), search=search),
        network.network("c", EVIL, EVIL, ties(3, label=EVIL)),
        world.world("c", EVIL, [world.Spot(label=EVIL, lat=1.0, lon=1.0, number=1, href="/en/x")]),
        bars.bars("c", EVIL, quantities(2, label=EVIL)),
        sparks.sparks("c", EVIL, EVIL, topics(2, label=EVIL)),
        calendar.month("c", EVIL, planned(2, label=EVIL), on=DAY),
    ]
    for each in drawn:
        parsed(each)  # well-formed, control characters and all
        shown = page(each)
        assert not shown.xpath("//script")
        assert "<script>" in "".join(shown.itertext())
        assert "\u202e" not in each.picture and "\x00" not in each.picture
        assert each.picture.count("\u2068") == each.picture.count("\u2069")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//elsewhere.example/", "https://elsewhere.example/", ""])
def test_a_mark_leads_nowhere_else(href: str) -> None:
    with pytest.raises(ValueError, match="within the site"):
        bars.bars("c", "x", [bars.Quantity(label="x", number=1, href=href)])


def test_numbers_are_finite() -> None:
    with pytest.raises(ValueError, match="numbers only"):
        chart.tag("circle", r=float("nan"))
    nowhere = [world.Spot(label="x", lat=lat, lon=1.0, number=1, href="/x") for lat in (float("nan"), 91.0)]
    assert not world.world("c", "Where", nowhere).picture
    assert chart.tag("rect", x=1.0, y=0.126) == '<rect x="1" y="0.13"/>'


def test_many_events_become_bars_of_periods_that_count_them_all() -> None:
    drawn = timeline.timeline("c", "Deeds", happenings(10_000, every=1), search=search)
    assert len(drawn.picture.encode()) <= chart.HEAVIEST
    counted = sum(int(cell.text) for row in drawn.rows for cell in row[1:])
    assert counted == 10_000
    marks = parsed(drawn).findall(".//a")
    assert len(marks) == sum(cell.text != "0" for row in drawn.rows for cell in row[1:])
    assert {mark.get("href") for mark in marks} == {row[0].href for row in drawn.rows}


def old(day: date, number: int) -> list[timeline.Happening]:
    return [
        timeline.Happening(day=day + timedelta(days=at), quad=1 + at % 2, label="Old", href=f"/en/1990/o-{at}#f")
        for at in range(number)
    ]


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(("young", "early"), [(2, 1), (23, 2)])
def test_what_is_very_old_stands_before_a_break_and_leaves_the_width_to_the_others(
    young: int, early: int, language: str
) -> None:
    with speaking(language):
        plain = timeline.timeline("c", "Deeds", happenings(young), search=search)
        drawn = timeline.timeline("c", "Deeds", [*old(date(1956, 2, 1), early), *happenings(young)], search=search)
    marks = {mark.get("href"): float(mark.find("svg").get("x")[:-1]) for mark in parsed(drawn).findall(".//a")}
    assert len(marks) == len(drawn.rows) == young + early
    wide = [max(places) - min(places) for places in ([marks[each.href] for each in happenings(young)],)]
    assert wide[0] > 65
    edge = [place for href, place in marks.items() if "/1990/" in href]
    assert all(place < 12 if language == "en" else place > 88 for place in edge)
    said = "".join(parsed(drawn).itertext())
    assert (f"{early} earlier" in said) == (language == "en")
    assert "earlier" not in plain.picture


def test_an_even_timeline_has_no_break() -> None:
    for some in (happenings(23), [*old(DAY - timedelta(days=40), 1), *happenings(2)], old(date(1956, 2, 1), 2)):
        assert "earlier" not in timeline.timeline("c", "Deeds", some, search=search).picture


def test_bars_of_what_is_very_old_are_one_before_the_break() -> None:
    told = [*old(date(1956, 1, 20), 30), *happenings(400, every=1)]
    drawn = timeline.timeline("c", "Deeds", told, search=search)
    assert sum(int(cell.text) for row in drawn.rows for cell in row[1:]) == 430
    marks = parsed(drawn).findall(".//a")
    (first, second) = [mark for mark in marks if mark.findtext("title").startswith("30 earlier")]
    assert {first.findtext("title"), second.findtext("title")} == {"30 earlier: 15"}
    assert first.get("href") == "/en/search?q=date:1956-01-01..1956-02-29"
    assert [row[0].text for row in drawn.rows][:3] == ["January 1956", "February 1956", "May 2015"]


@pytest.mark.parametrize("number", [5_000])
def test_months_that_nobody_counted_are_told_apart_from_empty_ones(number: int) -> None:
    months = tuple((date(2015, month, 1), None if month < 3 else 0, "/en/x") for month in range(1, 12))
    series = sparks.Series(label="Sea", href="/en/topic/sea", months=(*months, (date(2015, 12, 1), number, "/en/y")))
    (row,) = sparks.sparks("c", "Topics", "Topic", [series]).rows
    assert [cell.text for cell in row] == ["Sea", str(number), "…", "…", *["0"] * 9, str(number)]
    assert [cell.href for cell in row[2:] if cell.href] == ["/en/y"]


def test_a_day_too_full_for_marks_is_counted() -> None:
    drawn = timeline.timeline("c", "Deeds", happenings(60, every=0), search=search)
    assert [row[0].text for row in drawn.rows] == ["May 2015"]
    assert [cell.text for cell in drawn.rows[0][1:]] == ["15", "15", "15", "15"]


@pytest.mark.parametrize(("months", "shown"), [(1, 1), (60, 60), (120, 120), (121, 11), (360, 30)])
def test_a_balance_goes_by_month_and_beyond_ten_years_by_year(months: int, shown: int) -> None:
    told = dealings(months)
    drawn = balance.balance("c", "Balance", told, search=lambda first, last: f"/{first:%y%m}{last:%y%m}")
    assert len(drawn.rows) == shown
    assert len(drawn.picture.encode()) <= chart.HEAVIEST
    assert sum(int(cell.text) for row in drawn.rows for cell in row[1:]) == sum(each.number for each in told)


def test_cooperation_stands_above_the_line_and_conflict_below() -> None:
    picture = parsed(balance.balance("c", "Balance", dealings(30), search=search))
    (zero,) = (float(line.get("y1", "")) for line in picture.xpath("//line[@class='zero']"))
    for rect in picture.findall(".//rect"):
        top, bottom = float(rect.get("y", "")), float(rect.get("y", "")) + float(rect.get("height", ""))
        assert bottom <= zero + 0.02 if rect.get("class") in ("q1", "q2") else top >= zero - 0.02


def test_time_runs_from_the_right_in_persian() -> None:
    def order(language: str) -> list[tuple[str, float]]:
        with speaking(language):
            drawn = timeline.timeline("c", "x", happenings(5, every=40), search=search)
            assert drawn.told and (wording.digits(5) in drawn.told)
            marks = parsed(drawn).findall(".//a")
            return [(mark.get("href", ""), float(mark.find("svg").get("x").rstrip("%"))) for mark in marks]

    english, persian = order("en"), order("fa")
    assert [href for href, _ in english] == [href for href, _ in persian]
    assert [round(x + y) for (_, x), (_, y) in zip(english, persian, strict=True)] == [100] * 5
    assert dict(english)["/en/2015/x-0#f1"] == 2.0


def test_bars_grow_from_where_the_line_begins() -> None:
    for language, begins in (("en", True), ("fa", False)):
        with speaking(language):
            rects = parsed(bars.bars("c", "x", quantities(3))).findall(".//rect")
        ends = [(float(rect.get("x")[:-1]), float(rect.get("width")[:-1])) for rect in rects]
        assert all(abs(x if begins else x + wide - 100) < 0.02 for x, wide in ends)


def test_the_largest_bars_come_first_unless_they_have_an_order_of_their_own() -> None:
    years = [bars.Quantity(label=str(year), number=number, href=f"/{year}") for year, number in ((2014, 3), (2015, 9))]
    assert [row[0].text for row in bars.bars("c", "x", years).rows] == ["2015", "2014"]
    assert [row[0].text for row in bars.bars("c", "x", years, ranked=False).rows] == ["2014", "2015"]
    many = bars.bars("c", "x", quantities(90))
    assert len(many.rows) == bars.MOST and f"{bars.MOST} of 90" in many.told


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 9, 20])
def test_names_around_the_middle_do_not_meet(language: str, number: int) -> None:
    with speaking(language):
        placed = network.spokes(ties(number))
    assert len(placed) == number
    high = network.height(ties(number))
    for each in placed:
        x, y, wide, tall = each.box
        assert x >= 0 and x + wide <= network.WIDE and y >= 0 and y + tall <= high
    for one, two in combinations(placed, 2):
        (x, y, wide, tall), (x2, y2, wide2, tall2) = one.box, two.box
        assert x + wide <= x2 or x2 + wide2 <= x or y + tall <= y2 or y2 + tall2 <= y


def test_names_on_a_map_do_not_meet_at_any_width() -> None:
    crowd = [
        world.Spot(label=f"Town of {at}", lat=30 + at * 7 % 31, lon=at * 11 % 53, number=60 - at, href=f"/en/{at}")
        for at in range(40)
    ]
    for view, found in ((projection.Window(), spots()), (projection.window((s.lat, s.lon) for s in crowd), crowd)):
        placed = world.letterings(world.clusters(found, view))
        assert placed
        for wide in (chart.TELEPHONE, chart.DESK, 1200.0):
            boxes = [each.box(wide) for each in placed if wide > chart.TELEPHONE or not each.roomy]
            assert all(box[0] >= 0 and box[2] <= wide and box[1] >= 0 and box[3] <= wide / 2 for box in boxes)
            for one, two in combinations(boxes, 2):
                assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


def test_a_map_shows_each_place_once_and_near_ones_together() -> None:
    drawn = world.world("c", "Where", spots())
    found = world.clusters(spots(), projection.Window())
    assert sorted(spot.label for mark in found for spot in mark.spots) == sorted(label for label, _, _ in PLACES)
    assert [spot.label for mark in found for spot in mark.spots if len(mark.spots) > 1] == ["Geneva", "Bern"]
    marks = {mark.findtext("title"): mark.get("href") for mark in parsed(drawn).findall(".//a")}
    assert marks["\u2068Moscow\u2069: 40"] == "/en/place/0"
    assert marks["\u2068Geneva\u2069 and 1 place near it: 73"] == "#c-table"
    assert page(drawn).xpath("//details//*[@id='c-table']")


def test_a_map_is_light_and_closes_in_on_places_that_lie_close() -> None:
    crowd = [
        world.Spot(label=f"Town {at}", lat=at % 80, lon=at * 9 % 170, number=9, href=f"/en/place/{at}")
        for at in range(300)
    ]
    drawn = world.world("c", "Where", crowd)
    assert len(drawn.picture.encode()) <= 25_000
    assert len(drawn.rows) == world.MOST
    assert "300 places" in drawn.told and str(world.MOST) in drawn.told
    cyprus = projection.window([(35.17, 33.36), (34.68, 33.04)])
    assert cyprus.span < 10 and cyprus.holds(35.17, 33.36, margin=50)
    assert not cyprus.holds(48.0, 2.0)
    assert 500 < len(projection.land(cyprus)) <= projection.HEAVIEST
    assert projection.window([]).whole and projection.window([(60, -150), (-30, 150)]).whole


@pytest.mark.parametrize(("lat", "lon"), [(0, 0), (84, -180), (-57, 180), (51.5, -0.1)])
def test_the_world_lies_within_its_picture(lat: float, lon: float) -> None:
    x, y = projection.Window().place(lat, lon)
    assert -40 <= x <= projection.WIDE + 40 and -0.01 <= y <= projection.HIGH + 0.01


@pytest.mark.parametrize("view", [projection.Window(), projection.window([(48, 2), (53, 14)])])
def test_north_is_up_and_east_is_right_in_any_language(view: projection.Window) -> None:
    with speaking("fa"):
        (west, low), (east, high) = view.place(48, 2), view.place(53, 14)
    assert west < east and high < low


def test_a_land_is_where_it_is() -> None:
    """Madrid lies in land and the middle of the Atlantic does not: counted by how often a ray crosses the outlines."""

    def ashore(lat: float, lon: float) -> bool:
        x, y = projection.Window().place(lat, lon)
        crossed = 0
        for ring in re.findall(r"M(-?\d+ ?-?\d+)l([^z]*)z", projection.land(projection.Window())):
            numbers = [int(number) for part in ring for number in re.findall(r"-?\d+", part)]
            points = [(numbers[0], numbers[1])]
            for at in range(2, len(numbers), 2):
                points.append((points[-1][0] + numbers[at], points[-1][1] + numbers[at + 1]))
            for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
                crossed += (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)
        return crossed % 2 == 1

    assert all(ashore(*place) for place in [(40.4, -3.7), (-25, 134), (60, 100), (35, 103), (-10, -55), (47, 19)])
    assert not any(ashore(*place) for place in [(30, -45), (-30, 80), (0, -150), (35, 18)])


def test_a_month_is_the_readers() -> None:
    days = calendar.days_of(DAY)
    assert (days[0], days[-1]) == (date(2015, 5, 1), date(2015, 5, 31))
    with speaking("fa"):
        days = calendar.days_of(DAY)
        drawn = calendar.month("c", "x", planned(3), on=DAY)
        heads = [head.get("abbr") for head in parsed(drawn).findall(".//th")]
    assert (days[0], days[-1]) == (date(2015, 4, 21), date(2015, 5, 21))
    assert heads[0] == "شنبه" and heads[-1] == "جمعه"
    assert "اردیبهشت ۱۳۹۴" in drawn.told and "۲۰۱۵" in drawn.told
    (busy, *_) = parsed(drawn).xpath("//td[@class='busy']")
    assert busy.findtext("time") == "۲۲" and busy.findtext("small") == "۱۲"


def test_a_full_day_leads_on_and_other_months_stay_out() -> None:
    full = [calendar.Planned(day=DAY, label=f"Talks {at}", href="/en/x#f1") for at in range(20)]
    drawn = calendar.month("c", "x", [*full, *planned(1), *planned(1)], on=date(2015, 5, 1), day_href="/en/{day}")
    assert parsed(drawn).findall(".//a")[-1].get("href") == "/en/2015-05-12"
    assert len(parsed(drawn).findall(".//a")) == calendar.MOST_A_DAY + 1
    assert not calendar.month("c", "x", full, on=date(2015, 6, 1)).picture


@pytest.mark.parametrize("first", [date(1500, 2, 3), date(2015, 1, 9)])
@pytest.mark.parametrize("days", [0, 1, 20, 74, 141, 166, 200, 296, 800, 1200, 4000, 40_000, 300_000])
def test_an_axis_has_a_few_ticks_whose_words_do_not_meet(first: date, days: int) -> None:
    axis = periods.Axis(first=first, last=first + timedelta(days=days))
    worded = list(axis.worded())
    assert 1 <= len(worded) <= 7
    assert all(0 <= axis.share(each.day) <= 1 and each.words for each in worded)
    assert any(each.anchor and not each.roomy for each in worded)
    for width in (chart.TELEPHONE, chart.DESK):
        ends = 0.0
        for each in worded:
            if each.anchor and not (each.roomy and width == chart.TELEPHONE):
                wide = chart.breadth(each.words, 12) / width
                start = axis.share(each.day) - {"start": 0, "middle": wide / 2, "end": wide}[each.anchor]
                assert start >= ends - 1e-9
                ends = start + wide


def test_the_sheet_has_a_rule_for_each_mark() -> None:
    sheet = assets.dossier_sheet().decode()
    for drawn in (draw(23) for draw in KINDS.values()):
        for element in parsed(drawn).iter():
            for name in element.get("class", "").split():
                assert re.search(rf"\.{re.escape(name)}(?![\w-])", sheet), name
