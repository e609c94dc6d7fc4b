"""Hear in a message what changes the desk besides topic and place: sole trader, construction, ordering side …"""

import re

from knowledge.text import normalise

_SIGNS = {
    "sole": re.compile(
        r"フリーランス|個人(で|事業主で)[^。]{0,8}(受け|請け|仕事|やって)|(一人|ひとり|1人)(親方|でやって|で営|社長|だけ|の会社|法人|で仕事|で請け|で受け)|"
        r"従業員(は|が|も)?(いない|いません|おらず|おりません|ゼロ|0人|なし|無し)|業務委託で(働|受|契約)"
    ),
    "construction": re.compile(
        r"建設|建築|工事|工務店|ゼネコン|大工|左官|足場|鳶|とび職|解体業|土木|鉄筋|型枠|内装|外構|配管|電気工事|塗装(屋|業|工事)|防水(屋|業|工事)|現場の(元請|監督)"
    ),
    "ordering": re.compile(
        r"(発注|委託)(する|している|した)?側|発注者として|委託事業者として|(うち|当社|弊社)が(発注|委託|外注)"
    ),
    "large": re.compile(
        r"大企業|上場(企業|会社|して)|資本金[0-9一二三四五六七八九十]+億|従業員[^。、]{0,3}([0-9],?[0-9]{3}|千|五百|500|六百|600)"
    ),
}
_NOT_CONSTRUCTION = re.compile(
    r"(道路|水道|下水|近く|近所|目の前|前の通り|マンション|駅前|再開発|ビル)[^。、]{0,6}工事(で|の(せい|影響)|が(始|長))|建設(ではな|じゃな|以外)|工事ではな|工事じゃな"
)


def hear(text: str) -> frozenset[str]:
    """The circumstances the text tells of; a subset of referral.CIRCUMSTANCES."""
    plain = _NOT_CONSTRUCTION.sub("", normalise(text))
    return frozenset(name for name, sign in _SIGNS.items() if sign.search(plain))
