"""The linter finds what makes a text hard to read, and leaves alone what does not."""

import pytest

from knowledge.readability import everything, faults, hard_words, reader_length, sentences


def test_a_text_falls_into_its_sentences() -> None:
    assert sentences("電話してください。今すぐです!\n・一行") == [
        "電話してください。",
        "今すぐです!",
        "・一行",
    ]
    assert sentences("「相談したいです。」\nそのあと話してください。") == [
        "「相談したいです。」",
        "そのあと話してください。",
    ]
    assert sentences("") == []


@pytest.mark.parametrize(
    ("sentence", "length"),
    [
        ("電話してください。", 9),
        ("窓口(まどぐち)に電話してください。", 12),
        ("警視庁サイバー犯罪対策課(けいしちょうサイバーはんざいたいさくか)です。", 15),
        ("ページは https://www.ppc.go.jp/ です。", 7),
        ("メールは cs-support@ipa.go.jp です。", 7),
        ("番号は03-5805-1731です。", 6),
        ("上限は1,500万円です。", 8),
        ("{heard}まず、相談してください。", 12),
        ("LANケーブル(ネットの線)を抜いてください。", 23),  # an explanation is read, a reading is not
    ],
)
def test_addresses_numbers_and_readings_are_not_counted(sentence: str, length: int) -> None:
    assert reader_length(sentence) == length


@pytest.mark.parametrize(("count", "is_plain"), [(41, True), (71, False)])
def test_a_sentence_that_is_too_long_is_found(count: int, *, is_plain: bool) -> None:
    assert faults("あ" * (count - 1), is_plain=is_plain) == []
    assert faults("あ" * count, is_plain=is_plain)[0].startswith(f"文が長すぎます({count}字")


@pytest.mark.parametrize(
    "text",
    [
        "お金がないわけではありません。",
        "できないことはない。",
        "使えなくはないです。",
        "受けられないとは限りません。",
        "やめざるを得ません。",
    ],
)
def test_a_double_negation_is_found_in_every_text(text: str) -> None:
    assert any("二重の否定" in fault for fault in faults(text, is_plain=False))


def test_must_is_a_double_negation_only_in_a_plain_text() -> None:
    assert faults("書かなければなりません。", is_plain=False) == []
    assert any("二重の否定" in fault for fault in faults("書かなければなりません。", is_plain=True))


@pytest.mark.parametrize(
    "text",
    [
        "教えていただけますでしょうか。",
        "電話してくださいませ。",
        "案内致します。",
        "案内いたします。",
        "うれしく存じます。",
        "そのままお書きください。",
        "窓口にご相談ください。",
        "ページをご覧になれます。",
    ],
)
def test_keigo_is_found_in_a_plain_text_only(text: str) -> None:
    assert any("敬語" in fault for fault in faults(text, is_plain=True))
    assert faults(text, is_plain=False) == []


@pytest.mark.parametrize(
    "text", ["お金を出してください。", "お金を見てください。", "ご飯を食べてください。", "書いてください。"]
)
def test_asking_with_please_is_no_keigo(text: str) -> None:
    assert faults(text, is_plain=True) == []


def test_a_hard_word_without_reading_or_explanation_is_found() -> None:
    assert faults("融資を受けてください。", is_plain=True) == [
        "難しい言葉に読みか説明がありません: 融資(お金を借りること)"
    ]
    assert faults("融資を受けてください。", is_plain=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "融資(ゆうし)を受けてください。",
        "お金を借りること(融資)です。",
        "融資は、お金を借りることです。",
        "マル経融資(マルけいゆうし)です。",
        "下請かけこみ寺(したうけかけこみでら)です。",
    ],
)
def test_a_hard_word_may_be_read_explained_or_part_of_a_name(text: str) -> None:
    assert faults(text, is_plain=True) == []


def test_a_reading_of_another_word_explains_nothing() -> None:
    assert faults("融資を受ける窓口(まどぐち)です。", is_plain=True) != []


def test_every_hard_word_has_a_plain_wording_without_hard_words() -> None:
    assert {
        word: plain for word, plain in hard_words().items() if any(hard in plain for hard in hard_words())
    } == {}


def test_the_shipped_tables_are_easy_to_read() -> None:
    everything()


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(ValueError) as raised:
        everything(
            said={"お金がないわけではありません。": "guides.csv 2行目"},
            plain={"もうない文": "案内致します。"},
        )

    assert str(raised.value).split("\n") == [
        "guides.csv 2行目: やさしい日本語がありません: お金がないわけではありません。",
        "plain.csv: もうない文です: もうない文",
        "guides.csv 2行目: 二重の否定です: ないわけではありません",
        "plain.csv: 敬語が高すぎます: 致します",
    ]
