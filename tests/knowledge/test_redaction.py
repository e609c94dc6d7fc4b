"""What points to a person or a firm is found; what only counts, dates or names a trade is not."""

import pytest

from knowledge.redaction import Kind, Span, find, masked


def taken(text: str) -> list[tuple[str, Kind]]:
    return [(text[span.start : span.end], span.kind) for span in find(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("電話は03-1234-5678です", "03-1234-5678"),
        ("電話は0312345678です", "0312345678"),
        ("０３－１２３４－５６７８まで", "０３－１２３４－５６７８"),
        ("携帯は０９０１２３４５６７８", "０９０１２３４５６７８"),
        ("090-1234-5678に折り返して", "090-1234-5678"),
        ("080 1234 5678です", "080 1234 5678"),
        ("03(1234)5678です", "03(1234)5678"),
        ("03（1234）5678です", "03（1234）5678"),
        ("+81-90-1234-5678", "+81-90-1234-5678"),
        ("0120-123-456にかけた", "0120-123-456"),
        ("042-123-4567が事務所です", "042-123-4567"),
        ("050−1234−5678", "050−1234−5678"),
        ("090の1234の5678です", "090の1234の5678"),
        ("FAXは3251-7881", "3251-7881"),
    ],
)
def test_telephone_numbers_are_found(text: str, number: str) -> None:
    assert taken(text) == [(number, Kind.TELEPHONE_NUMBER)]


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("メールはtaro.y@example.co.jpです", "taro.y@example.co.jp", Kind.MAIL_ADDRESS),
        ("shop+info@example.jpへ", "shop+info@example.jp", Kind.MAIL_ADDRESS),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", Kind.MAIL_ADDRESS),
        ("https://example.jp/a?token=abcを見て", "https://example.jp/a?token=abc", Kind.URL),
        ("https://user:pass@example.jp/", "https://user:pass@example.jp/", Kind.URL),
        ("https://example.jp/reset/a8f3k2l9d0e1f2", "https://example.jp/reset/a8f3k2l9d0e1f2", Kind.URL),
    ],
)
def test_addresses_on_the_net_are_found(text: str, found: str, kind: Kind) -> None:
    assert taken(text) == [(found, kind)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("〒173-0004板橋区", [("〒173-0004", Kind.POSTAL_CODE)]),
        ("173-0004です", [("173-0004", Kind.POSTAL_CODE)]),
        ("〒１７３－０００４", [("〒１７３－０００４", Kind.POSTAL_CODE)]),
        ("板橋3丁目2番1号の店", [("3丁目2番1号", Kind.BLOCK_NUMBER)]),
        ("千住三丁目五番地", [("三丁目五番地", Kind.BLOCK_NUMBER)]),
        ("立石1-2-3です", [("1-2-3", Kind.BLOCK_NUMBER)]),
        ("銀座３－２です", [("３－２", Kind.BLOCK_NUMBER)]),
        ("神田の12番地に店", [("12番地", Kind.BLOCK_NUMBER)]),
        ("マンションの501号室です", [("501号室", Kind.BLOCK_NUMBER)]),
        ("〒116-0002荒川2-2-3", [("〒116-0002", Kind.POSTAL_CODE), ("2-2-3", Kind.BLOCK_NUMBER)]),
    ],
)
def test_postal_codes_and_block_numbers_are_found(text: str, found: list[tuple[str, Kind]]) -> None:
    assert taken(text) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("4111 1111 1111 1111", Kind.CREDIT_CARD),
        ("4111-1111-1111-1111", Kind.CREDIT_CARD),
        ("4111111111111111", Kind.CREDIT_CARD),
        ("3782-822463-10005", Kind.CREDIT_CARD),
        ("４１１１１１１１１１１１１１１１", Kind.CREDIT_CARD),
        ("4111 1111 1111 1112", Kind.LONG_NUMBER),  # fails Luhn's test
        ("123456789018", Kind.MY_NUMBER),
        ("1234 5678 9018", Kind.MY_NUMBER),
        ("123456789012", Kind.LONG_NUMBER),  # wrong check digit
        ("T1234567890123", Kind.LONG_NUMBER),
        ("1234567", Kind.LONG_NUMBER),
    ],
)
def test_long_numbers_are_told_apart_by_their_check_digits(text: str, kind: Kind) -> None:
    assert taken(f"番号は{text}でした") == [(text, kind)]


@pytest.mark.parametrize(
    "text", ["口座は普通 012345", "口座番号 0123456", "振込口座:1234567", "暗証番号は1234", "個人番号 12345"]
)
def test_a_number_of_an_account_is_found_by_what_stands_before_it(text: str) -> None:
    (span,) = find(text)

    assert span.kind is Kind.LONG_NUMBER
    assert text[span.start : span.end].isdecimal()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("株式会社まどぐちの者です", "株式会社まどぐち"),
        ("株式会社アマノテックに納めています", "株式会社アマノテック"),
        ("元請は株式会社東亜精工です", "株式会社東亜精工"),
        ("山川精密株式会社から受けた仕事", "山川精密株式会社"),
        ("うちは大空印刷株式会社です", "大空印刷株式会社"),
        ("さくら株式会社です", "さくら株式会社"),
        ("ABCD株式会社が倒産", "ABCD株式会社"),
        ("(株)山田電機に出しました", "(株)山田電機"),
        ("（株）ミナト工機", "（株）ミナト工機"),
        ("㈱北都メタルが払わない", "㈱北都メタル"),
        ("ミナト工機(株)の下請です", "ミナト工機(株)"),
        ("有限会社みやこ建材", "有限会社みやこ"),
        ("㈲大成金物です", "㈲大成金物"),
        ("合同会社グリーンリーフをやっています", "合同会社グリーンリーフ"),
        ("医療法人社団慈光会の事務長です", "医療法人社団慈光会"),
        ("株式会社 鈴木精機です", "株式会社 鈴木精機"),
        ("田中商店といいます", "田中商店"),
        ("得意先の鈴木製作所から", "鈴木製作所"),
        ("東亜工業の下請です", "東亜工業"),
        ("大沢工務店から単価を下げろと", "大沢工務店"),
        ("山本印刷の仕事が減った", "山本印刷"),
        ("ヤマダ製作所です", "ヤマダ製作所"),
        ("佐藤歯科をやっています", "佐藤歯科"),
        ("日之出製作所の部品です", "日之出製作所"),
        ("高橋税理士事務所に頼んでいる", "高橋税理士事務所"),
    ],
)
def test_names_of_firms_are_found(text: str, name: str) -> None:
    assert taken(text)[0] == (name, Kind.FIRM)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("担当の田中さんに言われた", "田中"),
        ("鈴木様からの注文です", "鈴木"),
        ("佐藤氏が社長です", "佐藤"),
        ("山田社長に断られました", "山田"),
        ("得意先の高橋部長から電話", "高橋"),
        ("パートの小林さんが辞めます", "小林"),
        ("林さんが来ません", "林"),
        ("李さんの給料の話です", "李"),
        ("佐々木くんが休んでいる", "佐々木"),
        ("五十嵐先生にみてもらった", "五十嵐"),
        ("元社員の長谷川さんから請求", "長谷川"),
        ("たなかさんがやめる", "たなか"),
        ("パートのさとうさんです", "さとう"),
        ("タナカさんのミスです", "タナカ"),
        ("実習生のグエンさんが", "グエン"),
        ("山田太郎といいます", "山田太郎"),
        ("佐藤花子です", "佐藤花子"),
        ("鈴木 健一郎 は父です", "鈴木 健一郎"),
        ("田中と申します", "田中"),
        ("山下はるかと申します", "山下はるか"),
        ("丹下と申します", "丹下"),
        ("印刷会社の田中です。紙が上がって", "田中"),
        ("田中です。売上が落ちて", "田中"),
        ("社長の斎藤でございます", "斎藤"),
        ("越川さんが倒れた", "越川"),
        ("町井さんの後を継ぐ", "町井"),
        ("清水弁護士に相談した", "清水"),
        ("渡邉税理士の紹介です", "渡邉"),
        ("従業員の山本が横領した", "山本"),
    ],
)
def test_names_of_persons_are_found(text: str, name: str) -> None:
    assert taken(text) == [(name, Kind.PERSON)]


@pytest.mark.parametrize(
    "text",
    [
        "300万円の借金", "5人の会社です", "2026年に開業", "03時に停電した", "従業員12人", "100万円", "2026-11-22", "2025-2026年",
        "3,000,000円", "5000000円の借金", "社員2-3人", "9-17時", "110番と119番", "2番目", "24時間365日", "口座に5000万円しかない",
        "前年比2-3割", "令和8年4月1日", "65歳", "①と②", "10:00から18:00まで", "月80時間の残業", "売上が30%減", "1台120万円の機械",
        "創業50周年", "1000個の注文", "5坪の店", "3ヶ月待ち", "188にかけた", "年商1億2000万円",
        "第2-3四半期", "1台4000-5000円", "ISO27001:2022", "時給1163円", "0.5mmの公差", "2026/11/22",
    ],
)  # fmt: skip
def test_figures_stay(text: str) -> None:
    assert taken(text) == []


@pytest.mark.parametrize(
    "text", ["https://example.jp/", "https://www.example.jp/company/index.html", "@をつけて", "a@bは何ですか"]
)
def test_addresses_that_open_nothing_stay(text: str) -> None:
    assert taken(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "株式会社にしたい", "株式会社を作る費用", "有限会社を株式会社に変えたい", "社長ひとりの株式会社です", "うちの株式会社", "株式会社と合同会社の違い",
        "株式会社化を考えています", "株式会社設立の相談", "うちは株式会社です", "一人株式会社です", "有限会社で六名", "合同会社で社員二名", "医療法人化を検討中",
        "株式会社って高いですか", "個人から株式会社になった", "株式会社じゃなくてもいいですか", "A株式会社との取引", "(株)と(有)の違い", "まだ株式会社ではない",
        "従業員5名の株式会社です", "株式会社の登記", "有限会社の社長です", "株式会社3社と取引",
        "商店街の会長です", "商店会で話している", "個人商店です", "青ヶ島で商店をしています", "工業団地の中です", "工業高校に求人を出した", "金属加工業です",
        "小さな製作所です", "看板製作所", "地元の工務店です", "元請の工務店が", "取引先の印刷会社", "印刷屋です", "建設業です", "町工場です",
        "駅前商店街の食堂", "化学工業の会社", "東京商工会議所 板橋支部", "日本政策金融公庫", "都の中小企業振興公社", "歯科医師会",
        "福島の産業廃棄物", "大島産業まつり", "昭和の食堂", "上田市から", "小田原の会社", "東京電機大学", "本田技研", "大塚駅前の商店街", "株式会社ですので",
    ],
)  # fmt: skip
def test_general_words_for_firms_stay(text: str) -> None:
    assert taken(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "お客さんが来ない", "お客様に迷惑", "社長さんに言われた", "職人さんが足りない", "業者さんに頼んだ", "銀行さんに断られた", "大家さんに出ていけと",
        "パートさんが辞める", "税理士さんに相談", "患者さんが減った", "利用者さんの家族", "元請さんの都合", "施主さんが払わない", "外注さんに出す", "奥さんと二人で",
        "皆さんどうしてますか", "問屋さんが値上げ", "親御さんの介護", "お得意様が倒産", "担当さんが変わった", "経理のAさんが退職", "店長さんの話", "会社さんから",
        "工務店さんから", "商社さんとの取引", "大工さんがいない", "お母さんの介護", "土木さんは忙しい", "窓口さんに聞いた", "同業の社長が", "二代目社長です",
        "先代の社長が亡くなった", "仕様が変わった", "異様な値段", "有様です", "弁護士に相談したい", "税理士会に聞いた", "板橋です", "石川県の会社",
        "中野です。飲食店です", "大島の民宿です", "四谷で食堂を", "小笠原です", "品川区の会社", "これは原因だと思います", "東京都さんがやってる", "呉服屋さん",
        "たくさんあります", "ワンちゃんの美容室", "ちゃんと払って", "氏名を書いた", "何様のつもり", "日本橋で店を", "木材が高い", "森の中のカフェ", "林業です",
        "女子社員が辞める", "夫婦でやってます", "親子で店を", "餃子の店です", "辞めたいと申しております", "訓練と申しましても",
    ],
)  # fmt: skip
def test_words_for_people_that_name_nobody_stay(text: str) -> None:
    assert taken(text) == []


def test_several_things_stand_in_the_order_of_the_text() -> None:
    text = "田中さんは03-1234-5678、株式会社アマノです"

    assert find(text) == (
        Span(0, 2, Kind.PERSON), Span(5, 17, Kind.TELEPHONE_NUMBER), Span(18, 25, Kind.FIRM),
    )  # fmt: skip
    assert masked(text) == "〇〇さんは〇〇、〇〇です"


def test_what_is_masked_is_not_found_again() -> None:
    text = "板橋の田中商店、田中太郎です。03-1234-5678、taro@example.jp、立石1-2-3、4111 1111 1111 1111"

    assert find(masked(text)) == ()
