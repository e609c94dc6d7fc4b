"""Names of persons and of firms in a text, as far as plain patterns can tell them.

Without a dictionary of words much stays unseen: rare family names that do not end as names do, given names alone,
shops with fancy names (スナック花), firms called like a common word. Who reviews still reads.
"""

import re

from knowledge.surnames import FOREIGN, PLACES_TOO, READINGS, SURNAMES

PERSON = "person"
FIRM = "firm"


def _any(words: "frozenset[str] | tuple[str, ...]") -> str:
    """The longest first: 小松原 before 小松."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_KANJI = "一-龯々﨑"
_KATAKANA = "ァ-ヴー"
_ASCII = "A-Za-zＡ-Ｚａ-ｚ"
_NAME = f"[{_KANJI}{_KATAKANA}{_ASCII}0-9０-９ヶ・&＆]"
_READINGS_IN_KATAKANA = tuple("".join(chr(ord(sign) + 0x60) for sign in word) for word in READINGS)

_LONG = _any(frozenset(name for name in SURNAMES if len(name) > 1))
_SHORT = f"(?<![{_KANJI}])(?:{_any(frozenset(name for name in SURNAMES if len(name) == 1))})"
_SURNAME = f"(?:{_LONG}|{_SHORT})"
_KANA_SURNAME = (
    f"(?:(?<![{_KATAKANA}])(?:{_any(_READINGS_IN_KATAKANA)}|{_any(FOREIGN)})"
    f"|(?:(?<![ぁ-ん])|(?<=[のはがをにと]))(?:{_any(READINGS)}))"
)
_GIVEN = (  # 太郎, 花子, but not 女子, 親子, 団子 …
    rf"(?:[ 　]?(?![女男親母父団餃菓調様電椅帽骨冊原分双弟利息格障拍]子|[夫主]婦|長男|次男|工夫|新樹)"
    rf"[{_KANJI}][{_KANJI}]?[郎子美恵雄夫男介助也樹香奈](?![{_KANJI}]))"
)
_TITLE = (
    "さん(?!ざん|ぽ)|さま(?!ざま)|様(?!子|々|式|相)|氏(?!名|神)|くん|君|ちゃん|先生|社長(?!室)|副社長|専務|常務|部長|課長|係長"
    "|主任|会長|工場長|理事長|院長|弁護士(?!会|事務)|税理士(?!会|法人|事務)|社労士(?!会|事務)|夫妻"
)
# 「山中さん」: a name that is not in the list, but has the shape of one.
_ENDS_AS_NAMES_DO = "[田川河野井村山藤木島嶋崎﨑沢澤橋塚坂岡森浦辺邊谷瀬尾津本口]"
_NO_NAME = (
    "窓口|入口|出口|人口|糸口|裏口|蛇口|土木|材木|銘木|庭木|植木|苗木|製本|見本|台本|日本|一本|絵本|登山|鉱山|本山|離島|半島|全島|島々|油田|水田"
    "|分野|平野|農村|漁村|河川|周辺|近辺|海辺|鉄橋|日本橋|古本|資本|基本|標本|根本|手本|元本|天井|福井県|赤坂|藤井寺|電停|火山|高尾山|下北沢|山谷"
    "|問屋|大森|大山|歌舞伎|青山|玉川|品川|荒川|立川|江戸川|小岩井|成増|大井|新橋|飯田橋|水道橋|江東橋|錦糸|駒込|亀有|三河島|浜松町|軽井沢"
)
_SHAPE = f"(?<![{_KANJI}])(?!(?:{_NO_NAME})(?![{_KANJI}]))[{_KANJI}]{{1,2}}{_ENDS_AS_NAMES_DO}(?=さん|様(?!子|々|式)|氏(?!名))"
_BEGINS = r"(?:^|(?<=[。、,，!！?？\s　「『(（の])|(?<=担当|代表|店主|社長|私は|僕は|俺は|名は)|(?<=名前は))"
_ONLY_NAMES = _any(frozenset(name for name in SURNAMES - PLACES_TOO if len(name) > 1))
_BESIDE = "|".join(
    f"(?<={word}の)"
    for word in (
        "社員",
        "従業員",
        "パート",
        "バイト",
        "担当",
        "部長",
        "社長",
        "店長",
        "職人",
        "息子",
        "妻",
        "夫",
        "新人",
    )
)

_FORM = (
    "株式会社|有限会社|合同会社|合資会社|合名会社|医療法人(?:社団|財団)?|社会福祉法人|学校法人"
    "|(?:税理士|弁護士|司法書士|社労士)法人"
)
_SHORT_FORM = r"[(（]株[)）]|㈱"
_OLD_FORM = r"[(（][有医][)）]|㈲"  # 「免許(有)」 is none: only before a name
_SAID_OF_A_FORM = (
    "化|設立|成り|形態|形式|向け|用|制度|法|登記|解散|清算|役員|社員|職員|従業|代表|経営|運営|同士|以外|以上|以下|変更|移行|組織|名義|扱|系|側|宛|内"
    "|勤|所属|関係|全般|限定|並|時代|当時|社長|理事|会長|取締役|株主|定款|商号|資本|売上|税|会計|方式|組合|会社|個人|有限|株式|合同|出身|元|前|後"
    "|レベル|タイプ|ホームページ|オーナー|サイト|スタッフ|グループ会社|かつ|又は|または|及び"
    "|[0-9０-９一二三四五六七八九十百数何]+[社人名つ年カか店円]"
)
_NO_HIRAGANA_NAME = (
    "[をがはでとのもへやにかだなおごねよっ]|さん|さま|から|まで|じゃ|しか|みたい|らし|けど|ばかり|すら|さえ|あて|いう|いい|いる|いた|くら|ぐら|ほど"
    "|そ[のれちう]|して|した|しま|しよ|する|すれ|せい|せず|つく|作|こと|この|これ|ある|あり|あっ|いつ|より|よう|まだ|また|ます|され|させ|たち|ちょ|って|わけ|ゆえ"
)
_ANONYMOUS = "[XＸYＹZＺ]+|[AＡ][BＢ][CＣ]?|某+"
_NO_FIRM = (
    "(?:当社|弊社|自社|特例|一人|個人|中小|上場|未上場|非上場|非公開|公開|子会社|親会社|持株|新設|既存|現在|同族|零細|小規模|大手|外資系|外資|家族"
    "|地元|近所|取引先|得意先|発注元|元請|下請|普通|資格|免許|経験|在庫|有限会社|合同会社|株式会社|医療法人|将来|今後|最近|年商|別|某|[人名円年月日歳社]"
    f"|{_ANONYMOUS})"
)
_COUNTED = "(?:社員|従業員|職員)?[0-9０-９一二三四五六七八九十]+[人名社年]"
_NO_HIRAGANA_BEFORE = (
    "[ぁ-ん]*[はがをにでともへやのかなよいうくてだばしきったど]"
    "|まだ|ほぼ|いちおう|これから|それから|だから|そもそも|つまり|ふつう|もちろん"
)
_TRADE = (
    "商店(?!街|会|主|組合|連)|工業(?!団地|会|高|大|用|地|組|界|系|所有|試験)|製作所|鉄工所?|工務店|商会|商事|産業(?!廃|まつ|祭|振|道|医|用|保|機)|興業|建設(?!業|機|国|現|中|費)"
    "|印刷(?!業|機|物|所|屋)|運輸|運送(?!業|屋)|電機|電気(?!代|工|料|店|屋)|金属(?!加)|食品(?!加|店)|酒店|酒造|鮮魚店|青果店?|精肉店|食堂|旅館|書店"
    "|歯科(?!医師|衛生|技工)|医院|クリニック|内科|薬局|(?:法律|税理士|会計|社労士|労務|設計|建築)?事務所"
)
_FIRM_WORD = (
    "(?:東亜|大和|三和|日東|大同|共栄|昭和|丸善|協和|日栄|三栄|光栄|東洋|太陽|富士|朝日|旭|新栄|大栄|三協|日新|栄光"
    "|丸一|丸三|三共|大洋|日興|太平)"
)
_NO_SHOP = (
    "個人|地元|近所|島内|都内|区内|市内|村内|駅前|町内|各|数|某|同|当|他|両|全|老舗|小売|零細|中小|小規模|大手|有名|元請|下請|取引先|得意先|専門|家族"
    "|小|大|旧|新|前|本|支|食料品|食品|生花|雑貨|金属|機械|部品|看板|家具|木工|精密|板金|鉄|元|先|軒|店|島|町|村|街|隣|知人|友人|同業|一般|大型|小型|総合|弱小"
    "|[一二三四五六七八九十]+代?"
)

_FIRMS = (
    rf"(?:{_FORM}|{_SHORT_FORM}|{_OLD_FORM})(?!{_SAID_OF_A_FORM}|(?:{_ANONYMOUS})(?!{_NAME})){_NAME}{{2,20}}",
    rf"(?:{_FORM}|{_SHORT_FORM})[ 　]?{_SURNAME}{_NAME}{{0,12}}",
    rf"(?:{_FORM}|{_SHORT_FORM}|{_OLD_FORM})(?!{_NO_HIRAGANA_NAME})[ぁ-ん]{{3,8}}?(?=[のはがをにでとも]|$|[^ぁ-ん])",
    rf"(?<!{_NAME})(?!{_NO_FIRM}[ 　]?(?:{_FORM}|{_SHORT_FORM})|{_COUNTED}){_NAME}{{2,20}}(?:{_FORM}|{_SHORT_FORM})",
    rf"(?<![ぁ-ん{_KANJI}])(?!(?:{_NO_HIRAGANA_BEFORE})(?:{_FORM}))[ぁ-ん]{{2,6}}(?:{_FORM}|{_SHORT_FORM})",
    rf"(?:{_LONG}|(?<![{_KATAKANA}])(?:{_any(_READINGS_IN_KATAKANA)})|(?<![{_KANJI}]){_FIRM_WORD})(?:{_TRADE})",
    rf"(?<![{_KANJI}ァ-ヴー])(?!(?:{_NO_SHOP})(?:製作所|鉄工所|工務店|商店))[{_KANJI}]{{1,3}}(?:製作所|鉄工所|工務店|商店(?!街|会|主|組合|連))",
)  # fmt: skip
_PERSONS = (
    rf"(?:{_SURNAME}|(?:{_LONG})(?:{_GIVEN}|[ 　]?[{_KANJI}]{{1,3}}(?=さん|様|氏)))(?=[ 　]?(?:{_TITLE}))",
    rf"(?:{_LONG}){_GIVEN}",
    rf"{_KANA_SURNAME}(?=[ 　]?(?:{_TITLE}))",
    _SHAPE,
    rf"(?:{_SURNAME}[{_KANJI}ぁ-ん]{{0,4}}?|{_KANA_SURNAME})(?=と(?:申し(?:ます|まして)|もうします))",
    rf"(?<!{_NAME})[{_KANJI}{_KATAKANA}]{{2,8}}(?<![者業屋員人方])(?=と申します)",
    rf"(?:{_BESIDE})(?:{_ONLY_NAMES})(?=[がはをにもと、。]|から|です)",
    rf"{_BEGINS}(?:{_ONLY_NAMES})(?=です(?!が[ね]?、?誰)|でございます|だ[。！!よ]|といいます|と言います)",
)  # fmt: skip
PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, patterns in ((FIRM, _FIRMS), (PERSON, _PERSONS))
    for pattern in patterns
)
