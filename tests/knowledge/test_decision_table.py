"""The decision table of the fact sheet (§5.0–§5.6), row by row, under the rule of decision 0006.

Sales and staffing go first to the chamber or 商工会 of the place, and the desk that the table puts first comes
second. BCP goes first to 公社, a quarrel to 取引かけこみ寺, cyber as §5.4 has it.
"""

import pytest

from knowledge.places import Place
from knowledge.referral import RENGOKAI, refer
from tests.knowledge.cases import OUT, at, case

# The areas of the table: a place in each, and what it calls 「地元」 there.
PLACES: dict[str, tuple[Place, str]] = {
    "KU": (at("板橋区"), "tokyo-cci-itabashi"),
    "TC": (at("府中市"), "fuchu-cci"),
    "TS": (at("調布市"), "chofu-shokokai"),
    "IS": (at("八丈町"), "hachijo-shokokai"),
    "NC": (at("御蔵島村"), RENGOKAI),
}
ALL = tuple(PLACES)
PLACES["OUT"] = (OUT, "local-chamber-elsewhere")
SIZES = {"S": {"small"}, "M": {"medium"}, "B": {"large"}, "": set[str]()}
LOCAL = "地元"


def row(
    code: str, areas: str, sizes: str, told: str, first: str, second: str = ""
) -> list[tuple[str, str, frozenset[str], str, str]]:
    """The cells of a row: each of its areas and sizes. Without ``second`` the table has a single desk."""
    return [
        (code, area, frozenset(told.split()) | SIZES[size], first, second)
        for area in (ALL if areas == "全" else areas.split("/"))
        for size in sizes.split("/")
    ]


ROWS = [
    # §5.0 上書き規則
    *row(
        "B5", "全", "S/M", "urgent", "fire-119", "municipal-office"
    ),  # §5.3 puts the certificate before 「地元」
    *row("C4", "全", "S/M", "urgent", "own-bank", "mpd-cyber"),
    *row("C1", "全", "S/M", "urgent", "mpd-cyber", "ipa-org"),
    *row("C8", "全", "S/M", "urgent", "own-hosting", "mpd-cyber"),
    *row("H5", "全", "", "worker", "rodo110", "rodo-kijun"),
    *row("S1", "全", "", "worker", "rodo110", "rodo-kijun"),
    *row("T1", "全", "", "worker", "rodo110", "rodo-kijun"),
    *(
        cell
        for code in ("H5", "S1", "T1", "worker")
        for cell in row(code, "OUT", "", "worker", "rodo-kijun", "houterasu")
    ),
    *row("C7", "全", "", "consumer", "consumer-188", "police-9110"),
    *row("S4", "全", "", "consumer", "consumer-188", "police-9110"),
    *row("T3", "全", "", "consumer", "consumer-188", "police-9110"),
    *(
        cell
        for number in range(1, 15)
        for cell in row(
            f"T{number}", "全", "S/M", "construction freelancer", "freelance110", "kensetsu-tekisei"
        )
    ),
    *(
        cell
        for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14)
        for cell in row(f"T{number}", "全", "S/M", "construction", "kensetsu-tekisei", "kakekomi-hotline")
    ),
    *(
        cell
        for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14)
        for cell in row(f"T{number}", "全", "S", "freelancer", "freelance110", "torihiki-kakekomi")
    ),
    *(
        cell
        for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14)
        for cell in row(f"T{number}", "全", "B", "ordering", "jftc-toritekiho", "chusho-torihiki")
    ),
    *(
        cell
        for code in ("S1", "S4", "H1", "H6", "B1", "C9")
        for cell in row(code, "OUT", "S/M", "", LOCAL, "yorozu-elsewhere")
    ),
    # §5.1 売上減少
    *row("S1", "全", "S", "", LOCAL, "jfc"),
    *row("S1", "全", "M", "", LOCAL, "jfc"),
    *row("S1", "全", "S/M", "insolvency", "himawari", "own-bank"),
    *row("S2", "全", "S/M", "customer_bankrupt", "himawari", "own-bank"),
    *row("S2", "全", "S/M", "customer_bankrupt manufacturing", "himawari", "own-bank"),
    *row("S2", "全", "S/M", "manufacturing", LOCAL, "kosha-shinko"),
    *row("S3", "全", "S/M", "", LOCAL, "yorozu"),
    *row("S4", "KU", "S", "", LOCAL, "yorozu"),
    *row("S4", "TC/TS", "S", "", LOCAL, "kosha-tama"),
    *row("S4", "IS", "S", "", LOCAL, "yorozu"),
    *row("S4", "NC", "S", "", LOCAL, "yorozu"),
    *row("S4", "全", "M", "manufacturing", LOCAL, "kosha"),
    *row("S4", "全", "M", "it", LOCAL, "kosha"),
    *row("S5", "KU", "S/M", "", LOCAL, "jigyo-shokei-ku"),
    *row("S5", "TC/TS/IS/NC", "S/M", "", LOCAL, "jigyo-shokei-tama"),
    *row("S6", "全", "S/M", "", LOCAL, "jfc"),
    *row("S7", "全", "S/M", "", LOCAL, "kosha"),
    *row("S7", "全", "S", "founding", "sogyo-station", LOCAL),
    *row("founding", "全", "S", "", "sogyo-station", LOCAL),
    *row("personal_debt", "全", "", "", "houterasu", "himawari"),
    # §5.2 人手不足
    *row("H1", "全", "S/M", "", LOCAL, "hellowork"),
    *row("H1", "全", "M", "association", "shigoto-zaidan", "chuokai"),
    *row("H1", "全", "S/M", "construction", LOCAL, "shigoto-zaidan"),
    *row("H1", "全", "S/M", "it", LOCAL, "shigoto-zaidan"),
    *row("H1", "全", "S/M", "manufacturing", LOCAL, "shigoto-zaidan"),
    *row("H2", "全", "S/M", "", LOCAL, "hatarakikata"),
    *row("H3", "全", "S/M", "", LOCAL, "tokyo-gaikokujin"),
    *row("H4", "全", "S/M", "", LOCAL, "hellowork"),
    *row("H5", "全", "S/M", "", LOCAL, "hatarakikata"),
    *row("H6", "全", "S/M", "", LOCAL, "kosha"),
    *row("H7", "KU", "S/M", "", LOCAL, "jigyo-shokei-ku"),
    *row("H7", "TC/TS/IS/NC", "S/M", "", LOCAL, "jigyo-shokei-tama"),
    *row("H8", "全", "S/M", "manufacturing", LOCAL, "kosha"),
    *row("H8", "全", "S/M", "construction", LOCAL, "kosha"),
    *row("H8", "全", "S/M", "transport", LOCAL, "kosha"),
    # §5.3 BCP・災害
    *row("B1", "全", "S/M", "", "kosha-bcp", LOCAL),
    *row("B2", "全", "S/M", "", "kosha-bcp", "smrj-kyoujinka"),
    *row("B3", "全", "S/M", "", "kosha-bcp", "kosha-josei"),
    *row("B4", "全", "S/M", "", "kosha-bcp", LOCAL),
    *row("B4", "全", "S/M", "manufacturing", "kosha-bcp", LOCAL),
    *row("B5", "KU", "S/M", "", "municipal-office", LOCAL),
    *row("B5", "IS/NC", "S/M", "", "municipal-office", LOCAL),
    *row("B7", "全", "S/M", "", "kosha-bcp", "tcyss"),
    *row("B8", "全", "M", "association", "kosha-bcp", "chuokai"),
    # §5.4 サイバー
    *row("C1", "全", "S/M", "over", "ipa-org", "tcyss"),
    *row("C2", "全", "S/M", "urgent", "mpd-cyber", "ipa-org"),
    *row("C2", "全", "S/M", "", "ipa-org", "mpd-cyber"),
    *row("C3", "全", "S/M", "", "ipa-org", "antiphishing"),
    *row("C3", "全", "S/M", "bank", "own-bank", "mpd-cyber"),
    *row("C4", "全", "S/M", "", "mpd-cyber", "own-bank"),
    *row("C4", "全", "S/M", "urgent impersonation", "mpd-cyber", "ipa-org"),
    *row("C5", "全", "S/M", "urgent", "ipa-org", "own-bank"),
    *row("C6", "全", "S/M", "", "ppc", "mpd-cyber"),
    *row("C6", "全", "S/M", "urgent", "ppc", "mpd-cyber"),
    *row("C7", "全", "S/M", "", "jpcert", "narisumashi-ec"),
    *row("C7", "全", "S/M", "urgent", "own-hosting", "jpcert"),
    *row("C9", "KU/TC", "S/M", "", "tcyss", "kosha-josei"),
    *row("C9", "TS/IS/NC", "S/M", "", "tcyss", LOCAL),
    *row("C10", "全", "S/M", "", "tcyss", "ipa-org"),
    *row("C11", "全", "S/M", "", "ihaho", "himawari"),
    # §5.5 取引
    *row("T1", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "kosha-torihiki"),
    *row("T1", "全", "S/M", "customer_bankrupt", "himawari", LOCAL),
    *row("T2", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "jftc-joho"),
    *row("T3", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "kosha-torihiki"),
    *row("T4", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "yorozu"),
    *row("T5", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "jftc"),
    *row("T6", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "himawari"),
    *row("T8", "全", "S/M", "", "torihiki-kakekomi", "jftc-joho"),
    *row("T9", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "himawari"),
    *row("T10", "全", "S", "freelancer", "freelance110", "torihiki-kakekomi"),
    *row("T11", "全", "S/M", "construction", "kensetsu-tekisei", "kakekomi-hotline"),
    *row("T12", "KU/TC/TS", "S/M", "transport", "torihiki-kakekomi", "truck-gmen"),
    *row("T13", "KU/TC/TS", "S/M", "", "torihiki-kakekomi", "tokyo-chizai"),
    *row("T14", "全", "B", "", "jftc-toritekiho", "chusho-torihiki"),
    *row("T14", "全", "M", "", "torihiki-kakekomi", "jftc-toritekiho"),
    *(
        cell
        for number in (1, 2, 3, 4, 5, 6, 7, 9, 12, 13)
        for cell in row(f"T{number}", "IS/NC", "S/M", "", "torihiki-kakekomi", LOCAL)
    ),
    # §5.6 その他の行き先
    *row("tax", "全", "", "", "zeimusho", "tozei"),
    *row("pension", "全", "", "", "nenkin"),
    *row("ip", "全", "", "", "tokyo-chizai", "inpit"),
    *row("overseas", "全", "", "", "jetro", LOCAL),
    *row("registration", "全", "", "", "homukyoku", "shiho-shoshi"),
    *row("permit", "全", "", "", "shokan", "gyosei-shoshi"),
    *row("resident", "全", "", "", "municipal-office"),
    *row("rights", "全", "", "", "jinken110", "houterasu"),
]


@pytest.mark.parametrize(("code", "area", "told", "first", "second"), ROWS)
def test_a_row_of_the_table_gives_its_desks(
    code: str, area: str, told: frozenset[str], first: str, second: str
) -> None:
    place, local = PLACES[area]
    referral = refer(case(code, *told, place=place))

    assert referral.first == first.replace(LOCAL, local)
    assert (referral.second or "") == second.replace(LOCAL, local)
