"""Every trouble, everywhere, leads to desks that take it: what holds of each kind of trouble and place."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from knowledge import referral as table
from knowledge.circumstances import DIMENSIONS, circumstances
from knowledge.desks import DeskKind, find_desk
from knowledge.facts import FactError
from knowledge.municipalities import Area, municipalities
from knowledge.places import Place
from knowledge.referral import RENGOKAI, Case, area_code, local_desk, refer, routes
from knowledge.topics import NEIGHBOUR
from tests.knowledge.cases import AREAS, EVERYWHERE, INSIDE, OUT, TOPICS, at, case, codes, combined, spoken

SUBSETS = [told for told in combined(*DIMENSIONS) if len(told) <= 2]  # no route needs more words than two
# Words that are in no route: each only says that no other word of its dimension is true.
ONLY_RULE_OUT = {"small", "transport", "over"}
FEDERATION = ("檜原村", "利島村", "御蔵島村", "青ヶ島村")
BURNS = {"C1", "C2", "C4", "C5", "C7", "C8"}  # decided before who asks
HEADER = ",".join(table.COLUMNS) + "\n"
GOOD = "bcp,bcp,,,,kosha-bcp,local,無料だからです。,docs,2026-11,,"


def every_case(topic: str, places: Sequence[Place | None]) -> Iterator[Case]:
    """Every sub-topic in these places under these circumstances."""
    for code, place, told in itertools.product(codes(topic), places, SUBSETS):
        yield Case(topic, code, place, told)


def first_kind(of: Case) -> DeskKind:
    return find_desk(refer(of).first).kind


def test_every_route_is_taken_by_somebody() -> None:
    places = [at("板橋区"), at("町田市"), at("檜原村"), at("大島町"), OUT, None]
    taken = {refer(one).rule for topic in (*TOPICS, NEIGHBOUR) for one in every_case(topic, places)}

    assert taken == {route.rule for route in routes()}


@pytest.mark.parametrize("circumstance", circumstances())
def test_a_circumstance_changes_the_desks_of_somebody_or_only_rules_out_another(circumstance: str) -> None:
    """Or there is no need to hear it."""
    place, dimension = at("板橋区"), circumstances()[circumstance].dimension
    changes = any(
        refer(Case(topic, code, place, told | {circumstance})).desks
        != refer(Case(topic, code, place, told)).desks
        for topic in TOPICS
        for code in codes(topic)
        for told in SUBSETS
        if all(circumstances()[word].dimension != dimension for word in told)
    )

    assert changes == (circumstance not in ONLY_RULE_OUT)


@pytest.mark.parametrize("topic", ["sales_decline", "staffing"])
@pytest.mark.parametrize("place", INSIDE, ids=spoken)
def test_a_shop_or_its_staff_is_first_a_matter_for_the_chamber_of_the_place(topic: str, place: Place) -> None:
    assert place.municipality
    for code in codes(topic):
        referral = refer(Case(topic, code, place))
        assert referral.first == place.municipality.desk
        assert find_desk(referral.first).kind in (DeskKind.CHAMBER, DeskKind.SHOKOKAI)
        assert len(referral.desks) > 1


@pytest.mark.parametrize("name", FEDERATION)
def test_a_village_without_a_shokokai_is_sent_to_the_federation(name: str) -> None:
    for code in codes("sales_decline") + codes("staffing")[:-1]:
        assert refer(case(code or "sales_decline", place=at(name))).first == RENGOKAI


@pytest.mark.parametrize("place", [*INSIDE, *AREAS, None], ids=spoken)
def test_a_plan_for_emergencies_is_a_matter_for_the_corporation(place: Place | None) -> None:
    for code in codes("bcp"):
        if code != "B5":
            assert first_kind(Case("bcp", code, place)) is DeskKind.CORPORATION


@pytest.mark.parametrize("place", [*INSIDE, *AREAS, None], ids=spoken)
def test_after_a_disaster_the_certificate_of_the_municipality_comes_first(place: Place | None) -> None:
    referral = refer(case("B5", place=place))

    assert find_desk(referral.first).kind is DeskKind.MUNICIPAL_OFFICE
    assert place is None or local_desk(place) in referral.desks


@pytest.mark.parametrize("place", [*INSIDE, *AREAS, None], ids=spoken)
def test_a_quarrel_over_a_contract_is_a_matter_for_the_dispute_centre(place: Place | None) -> None:
    for code in codes("subcontract"):
        expected = DeskKind.LEGAL if code == "T10" else DeskKind.DISPUTE_CENTER
        assert first_kind(Case("subcontract", code, place)) is expected


@pytest.mark.parametrize("place", [*INSIDE, *AREAS, None], ids=spoken)
def test_an_attack_is_a_matter_for_the_cyber_desk_or_the_police(place: Place | None) -> None:
    for code in codes("cyber"):
        for told in SUBSETS:
            referral = refer(Case("cyber", code, place, told))
            if code == "C4" and "urgent" in told:
                assert referral.first == ("mpd-cyber" if "impersonation" in told else "own-bank")
            elif "consumer" in told and not (code in BURNS and "urgent" in told):
                assert referral.first == "consumer-188"
            elif code == "C3" and "bank" in told:
                assert referral.first == "own-bank"
            else:
                assert find_desk(referral.first).kind in (DeskKind.CYBER_DESK, DeskKind.POLICE)


@pytest.mark.parametrize(
    ("code", "told", "first", "then"),
    [
        # 災害進行中
        ("B5", {"urgent"}, "fire-119", {"municipal-office", "tokyo-cci-itabashi"}),
        # 送金直後
        ("C4", {"urgent"}, "own-bank", {"mpd-cyber", "police-110"}),
        # 進行中の C1 / C5 / C8
        ("C1", {"urgent"}, "mpd-cyber", {"ipa-org"}),
        ("C5", {"urgent"}, "ipa-org", {"mpd-cyber"}),
        ("C8", {"urgent"}, "own-hosting", {"mpd-cyber"}),
        ("C2", {"urgent"}, "mpd-cyber", {"ipa-org"}),
        # 送金前
        ("C4", {"urgent", "impersonation"}, "mpd-cyber", {"ipa-org", "own-bank"}),
        # 立場
        ("worker", set(), "rodo110", {"rodo-kijun", "houterasu"}),
        ("consumer", set(), "consumer-188", {"police-9110"}),
        # 業種=建設×T系
        ("T1", {"construction"}, "kensetsu-tekisei", {"kakekomi-hotline"}),
        ("T11", set(), "kensetsu-tekisei", {"kakekomi-hotline"}),
        # F×T系
        ("T1", {"freelancer"}, "freelance110", {"torihiki-kakekomi"}),
        ("T10", set(), "freelance110", {"torihiki-kakekomi"}),
        # F×建設(一人親方)×T系
        ("T1", {"freelancer", "construction"}, "freelance110", {"kensetsu-tekisei"}),
        ("T11", {"freelancer"}, "freelance110", {"kensetsu-tekisei"}),
        ("T11", {"freelancer", "construction"}, "freelance110", {"kensetsu-tekisei"}),
        ("T10", {"construction"}, "freelance110", {"kensetsu-tekisei"}),
        # B×(発注側)
        ("T14", {"large"}, "jftc-toritekiho", {"chusho-torihiki"}),
        ("T4", {"large", "ordering"}, "jftc-toritekiho", {"chusho-torihiki"}),
        # 差押え・不渡りの前、取引先の倒産
        ("S1", {"insolvency"}, "himawari", {"own-bank", "kosha-saisei"}),
        ("S2", {"insolvency"}, "himawari", {"own-bank"}),
        ("T1", {"insolvency"}, "himawari", {"torihiki-kakekomi"}),
        ("S2", {"customer_bankrupt"}, "himawari", {"own-bank", "municipal-office", "smrj-kyosai"}),
        ("T1", {"customer_bankrupt"}, "himawari", {"tokyo-cci-itabashi", "smrj-kyosai"}),
        ("S1", {"loan_shark"}, "police-9110", {"himawari"}),
        # 立場が、話題より先に決まる
        ("H5", {"worker"}, "rodo110", {"rodo-kijun", "houterasu"}),
        ("T1", {"worker"}, "rodo110", {"rodo-kijun", "houterasu"}),
        ("S1", {"worker"}, "rodo110", {"rodo-kijun", "houterasu"}),
        ("C3", {"consumer"}, "consumer-188", {"police-9110"}),
        ("T3", {"consumer"}, "consumer-188", {"police-9110"}),
        ("S7", {"founding"}, "sogyo-station", {"tokyo-cci-itabashi"}),
        ("H1", {"founding"}, "sogyo-station", {"tokyo-cci-itabashi"}),
    ],
)
def test_what_overrides_the_table_is_decided_first(
    code: str, told: set[str], first: str, then: set[str]
) -> None:
    referral = refer(case(code, *told, place=at("板橋区")))

    assert referral.first == first
    assert then <= set(referral.desks[1:])


@pytest.mark.parametrize("place", EVERYWHERE, ids=spoken)
def test_lives_money_and_standing_come_before_the_place(place: Place | None) -> None:
    for others in SUBSETS:
        urgent = others | {"urgent"}
        assert refer(Case("bcp", "B5", place, urgent)).first == "fire-119"
        money = refer(Case("cyber", "C4", place, urgent)).first
        police = "ipa-org" if place is OUT else "mpd-cyber"
        assert money == (police if "impersonation" in others else "own-bank")
        worker = "rodo-kijun" if place is OUT else "rodo110"
        assert refer(Case(NEIGHBOUR, "worker", place, others)).first == worker
        assert refer(Case(NEIGHBOUR, "consumer", place, others)).first == "consumer-188"


@pytest.mark.parametrize(
    ("code", "first", "second"),
    [
        ("S1", "local-chamber-elsewhere", "yorozu-elsewhere"),
        ("H1", "local-chamber-elsewhere", "yorozu-elsewhere"),
        ("B1", "local-chamber-elsewhere", "yorozu-elsewhere"),
        ("T1", "kakekomi-elsewhere", "kosha-torihiki"),
        ("C1", "ipa-org", "police-110"),
        ("C3", "ipa-org", "police-110"),
        ("C6", "ppc", "ipa-org"),
        ("C9", "local-chamber-elsewhere", "yorozu-elsewhere"),
    ],
)
def test_a_business_outside_tokyo_is_sent_to_its_own_region(code: str, first: str, second: str) -> None:
    assert refer(case(code, place=OUT)).desks[:2] == (first, second)


@pytest.mark.parametrize(
    ("code", "told", "rule", "desks"),
    [
        ("C3", {"bank"}, "out-bank", ("own-bank", "ipa-org", "police-110")),
        ("C3", {"bank", "urgent"}, "out-bank", ("own-bank", "ipa-org", "police-110")),
        ("C6", set(), "out-leak", ("ppc", "ipa-org", "police-110")),
        ("C6", {"urgent"}, "out-leak", ("ppc", "ipa-org", "police-110")),
        (
            "C4",
            {"urgent", "impersonation"},
            "cyber-money-not-sent-outside",
            ("ipa-org", "police-9110", "own-bank"),
        ),
        ("C4", {"urgent"}, "cyber-money-sent-outside", ("own-bank", "police-110", "ipa-org")),
    ],
)
def test_money_and_data_of_a_business_outside_tokyo_have_desks_of_their_own(
    code: str, told: set[str], rule: str, desks: tuple[str, ...]
) -> None:
    referral = refer(case(code, *told, place=OUT))

    assert (referral.rule, referral.desks) == (rule, desks)


@pytest.mark.parametrize("topic", ["sales_decline", "staffing", "subcontract"])
def test_an_employee_outside_tokyo_is_sent_to_the_labour_office_there(topic: str) -> None:
    for code in codes(topic):
        assert refer(Case(topic, code, OUT, frozenset({"worker"}))).desks == ("rodo-kijun", "houterasu")


@pytest.mark.parametrize(
    ("told", "desks"),
    [
        (set(), ("ipa-org", "antiphishing")),
        ({"bank"}, ("own-bank", "mpd-cyber")),
        ({"bank", "urgent"}, ("own-bank", "mpd-cyber")),
    ],
)
def test_who_typed_in_bank_data_is_sent_to_the_bank_first(told: set[str], desks: tuple[str, ...]) -> None:
    assert refer(case("C3", *told, place=at("板橋区"))).desks[:2] == desks


def test_while_the_place_is_unknown_nobody_stands_in_for_the_second_desk() -> None:
    assert refer(case("B1")).desks == ("kosha-bcp",)
    assert refer(case("B1", place=at("板橋区"))).desks == ("kosha-bcp", "tokyo-cci-itabashi")


def test_no_chamber_of_tokyo_is_ever_named_to_a_business_outside() -> None:
    of_tokyo = {one.desk for one in municipalities().values()} | {"tokyo-cci"}

    assert not any(
        of_tokyo & set(refer(one).desks) for topic in (*TOPICS, NEIGHBOUR) for one in every_case(topic, [OUT])
    )


def test_while_the_place_is_unknown_only_desks_for_all_of_tokyo_are_named() -> None:
    open_places = [None, Place("三鷹駅", (municipalities()["三鷹市"], municipalities()["武蔵野市"]))]
    open_places += [Place("府中", (municipalities()["府中市"],), may_be_outside=True)]
    for topic, told, place in itertools.product(TOPICS, SUBSETS, open_places):
        for code in codes(topic):
            for desk in refer(Case(topic, code, place, told)).desks:
                assert find_desk(desk).serves in ("tokyo", "japan"), (code, desk)


@pytest.mark.parametrize("name", ["板橋区", "町田市", "調布市", "檜原村", "大島町", "利島村"])
def test_no_desk_is_named_that_does_not_serve_the_place(name: str) -> None:
    place = at(name)
    assert place.municipality
    served = {"tokyo", "japan", "municipality", "ku" if place.municipality.area is Area.KU else "tama"}
    if place.municipality.area is Area.ISLANDS:
        served |= {"islands"}
    for topic in TOPICS:
        for code, told in itertools.product(codes(topic), SUBSETS):
            for desk in refer(Case(topic, code, place, told)).desks:
                assert served & set(find_desk(desk).serves.split("|")), (code, desk)


@pytest.mark.parametrize(
    ("place", "code", "desk"),
    [
        (at("板橋区"), "ku", "tokyo-cci-itabashi"),
        (at("府中市"), "tama", "fuchu-cci"),
        (at("奥多摩町"), "tama", "ome-cci"),
        (at("檜原村"), "none", RENGOKAI),
        (at("大島町"), "islands", "oshima-shokokai"),
        (at("利島村"), "none", RENGOKAI),
        (Place("区部", area=Area.KU), "ku", "tokyo-cci"),
        (Place("多摩", area=Area.TAMA), "tama", RENGOKAI),
        (Place("島しょ", area=Area.ISLANDS), "islands", RENGOKAI),
        (OUT, "outside", "local-chamber-elsewhere"),
        (None, "unknown", "kosha"),
        (Place("三鷹駅", (municipalities()["三鷹市"], municipalities()["武蔵野市"])), "unknown", "kosha"),
        (Place("府中", (municipalities()["府中市"],), may_be_outside=True), "unknown", "kosha"),
    ],
)
def test_a_place_has_its_part_of_the_table_and_its_local_desk(
    place: Place | None, code: str, desk: str
) -> None:
    assert area_code(place) == code
    assert local_desk(place) == desk


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("founding", "sogyo-station"),
        ("personal_debt", "houterasu"),
        ("tax", "zeimusho"),
        ("pension", "nenkin"),
        ("ip", "tokyo-chizai"),
        ("overseas", "jetro"),
        ("registration", "homukyoku"),
        ("permit", "shokan"),
        ("resident", "municipal-office"),
        ("rights", "jinken110"),
        ("job_seeker", "shigoto-center"),
        ("personal_it", "ipa-anshin"),
    ],
)
def test_a_neighbouring_trouble_goes_to_its_own_desk(code: str, first: str) -> None:
    assert refer(case(code)).first == refer(case(code, place=at("町田市"))).first == first


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (GOOD, "「bcp」が二度出てきます"),
        (GOOD.replace("bcp,bcp,,", ",bcp,,"), "「rule」が空です"),
        (GOOD.replace("bcp,bcp,,", "B1,weather,,"), "「topic」の値「weather」は使えません"),
        (GOOD.replace("bcp,bcp,,", "B1,bcp,B99,"), "「subtopics」の「B99」は知らない値です"),
        (GOOD.replace("bcp,bcp,,,", "B1,bcp,,tired,"), "「when」の「tired」は知らない値です"),
        (GOOD.replace("bcp,bcp,,,,", "B1,bcp,,,osaka,"), "「areas」の「osaka」は知らない値です"),
        (
            GOOD.replace("bcp,bcp,", "B1,bcp,").replace("kosha-bcp", "nobody"),
            "「first」の「nobody」は知らない値です",
        ),
        (
            GOOD.replace("bcp,bcp,", "B1,bcp,").replace("local", "jfc|nobody"),
            "「second」の「nobody」は知らない値です",
        ),
        (GOOD.replace("bcp,bcp,", "B1,bcp,").replace("kosha-bcp", ""), "「first」が空です"),
        (GOOD.replace("bcp,bcp,", "B1,bcp,").replace("無料だからです。", ""), "「reason」が空です"),
        (GOOD.replace("bcp,bcp,", "B1,bcp,").replace("docs", ""), "「source」が空です"),
    ],
)
def test_a_faulty_route_is_named_with_its_row_and_what_to_do(tmp_path: Path, row: str, fault: str) -> None:
    (tmp_path / "routes.csv").write_text(HEADER + GOOD + "\n" + row + "\n", encoding="utf-8")

    with pytest.raises(FactError, match=rf"^routes\.csv 3行目: {fault} → .+"):
        table.load(tmp_path)


def test_routes_are_tried_in_the_order_of_the_table(tmp_path: Path) -> None:
    (tmp_path / "routes.csv").write_text(
        HEADER + GOOD + "\n" + GOOD.replace("bcp,bcp", "b,bcp") + "\n", encoding="utf-8"
    )

    assert [route.rule for route in table.load(tmp_path)] == ["bcp", "b"]
