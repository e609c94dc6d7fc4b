"""What cannot wait is recognised; what only sounds like it is not."""

import time
from pathlib import Path

import pytest

from knowledge import facts, urgency
from knowledge.urgency import Emergency, is_over, recognise

SENTENCES = Path(__file__).parent / "sentences"
HEADER = "card,pattern,hypothetical,note\n"


def sentences(file: str) -> list[tuple[str, str]]:
    """(card, sentence) of every line; ``-`` stands for no card."""
    lines = (SENTENCES / f"{file}.txt").read_text(encoding="utf-8").splitlines()
    return [(card, sentence) for card, _, sentence in (line.partition("\t") for line in lines)]


def card_of(text: str) -> str:
    emergency = recognise(text)
    return emergency.card if emergency else "-"


@pytest.mark.parametrize(("card", "sentence"), sentences("crisis"))
def test_a_person_in_danger_is_recognised(card: str, sentence: str) -> None:
    assert card_of(sentence) == card


@pytest.mark.parametrize(("card", "sentence"), sentences("figures_of_speech"))
def test_a_figure_of_speech_or_business_talk_is_no_emergency(card: str, sentence: str) -> None:
    assert card_of(sentence) == card


@pytest.mark.parametrize(
    ("card", "sentence"),
    [*sentences("attack"), *sentences("disaster"), *sentences("insolvency")],
)
def test_what_is_happening_now_is_recognised(card: str, sentence: str) -> None:
    assert card_of(sentence) == card


@pytest.mark.parametrize(
    ("card", "sentence"),
    [*sentences("attack_not_now"), *sentences("disaster_not_now"), *sentences("insolvency_not_now")],
)
def test_what_is_feared_prevented_or_long_over_is_no_emergency(card: str, sentence: str) -> None:
    assert card_of(sentence) == card


@pytest.mark.parametrize(
    ("sentence", "card"),
    [
        ("店に水が入ってきて、従業員が閉じ込められています", "danger"),
        ("手形が落ちません。死んでお詫びします", "life"),
        ("ヤミ金の男が店に来てドアを蹴っています", "violence"),
        ("サーバーの身代金を要求されています。給料も払えません", "ransomware"),
        ("刃物で刺されて血が止まりません", "danger"),
        ("乗っ取られたメールの指示を信じて、偽の口座に送金してしまいました", "bec"),
        ("地震で店が壊れて、今月の給料が払えません", "disaster"),
    ],
)
def test_of_several_emergencies_people_come_first_then_what_is_lost_by_the_minute(
    sentence: str, card: str
) -> None:
    assert card_of(sentence) == card


@pytest.mark.parametrize(
    "sentence", ["死にたい", "しにたい", "シニタイ", "ｼﾆﾀｲ", "し に た い", "　死にたい。", "死に たい"]
)
def test_a_wish_to_die_is_recognised_however_it_is_written(sentence: str) -> None:
    assert recognise(sentence) == Emergency("life")


@pytest.mark.parametrize(
    "sentence", ["値下げの話しに対して困っています", "くださいと言われました", "相談しています"]
)
def test_kana_inside_other_words_is_not_read_as_a_sign(sentence: str) -> None:
    assert recognise(sentence) is None


def test_a_wish_to_die_counts_even_if_it_is_feared_or_long_standing() -> None:
    assert card_of("去年から死にたいと思っています") == "life"
    assert card_of("もし店が潰れたら死ぬしかありません") == "life"


@pytest.mark.parametrize("sentence", ["先月から夫に殴られています", "夫が失業して以来、毎日殴られています"])
def test_what_goes_on_since_then_is_not_over(sentence: str) -> None:
    assert card_of(sentence) == "violence"


def test_what_was_found_in_the_morning_is_not_hypothetical() -> None:
    assert card_of("朝来たら工場が燃えていました") == "danger"


def test_talk_around_a_crisis_does_not_take_it_back() -> None:
    assert card_of("去年は助成金が出ました。厨房が燃えています。幸い、お客様はいません") == "danger"


def test_today_outweighs_what_happened_before() -> None:
    assert card_of("去年も浸水しました。いま、また店に水が入ってきています") == "disaster"


@pytest.mark.parametrize(
    "sentence",
    [
        "火事なんです",
        "火事です",
        "工場が火事です",
        "隣が火事!",
        "火事です。板橋区の工場です",
        "店が火事になりました",
    ],
)
def test_a_fire_is_danger_however_it_is_told(sentence: str) -> None:
    assert card_of(sentence) == "danger"


@pytest.mark.parametrize(
    "sentence",
    [
        "さっき送金してしまいました",
        "たった今、振り込みました",
        "先ほど送金しちゃいました",
        "もう振り込んでしまいました",
    ],
)
def test_money_that_was_sent_just_now_can_still_be_stopped(sentence: str) -> None:
    assert card_of(sentence) == "bec"


@pytest.mark.parametrize(
    "sentence", ["先月送金してしまいました", "もう振り込まれました", "さっき送金した分は取り戻しました"]
)
def test_money_sent_long_ago_or_come_back_cannot_be_stopped(sentence: str) -> None:
    assert recognise(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "去年、隣が火事になりました",
        "火事に備えたい",
        "火災保険に入りたい",
        "火事になったらどうすればいいですか",
    ],
)
def test_a_fire_that_is_feared_or_long_over_is_no_danger(sentence: str) -> None:
    assert recognise(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "card"),
    [
        ("警告画面の番号に電話したら、遠隔操作のソフトを入れさせられました", "remote_control"),
        ("会社のサイトが乗っ取られて、管理画面に入れません", "defacement"),
        ("社長を名乗るメールで、もう振り込んでしまいました", "bec"),
    ],
)
def test_of_two_attacks_the_one_that_does_more_harm_by_the_minute_comes_first(
    sentence: str, card: str
) -> None:
    assert card_of(sentence) == card


def test_a_worry_in_one_sentence_does_not_hide_the_fire_in_the_next() -> None:
    assert card_of("防火対策はしていました。でも厨房が燃えています") == "danger"


@pytest.mark.parametrize(
    "sentence",
    [
        "取引先が倒産しました",
        "元請が夜逃げしました",
        "得意先が民事再生を申し立てました",
        "大口の客が不渡りを出しました",
        "納品先の会社がつぶれました",
        "発注元の社長と連絡がつかなくなりました",
        "売掛金が回収できないうちに相手が破産しました",
        "お得意さんが倒産しました",
        "お得意様が夜逃げしました",
        "お得意先が不渡りを出しました",
    ],
)
def test_a_customer_that_went_bankrupt_has_a_card_of_its_own(sentence: str) -> None:
    assert recognise(sentence) == Emergency("customer_bankrupt")


@pytest.mark.parametrize(
    ("sentence", "card"),
    [
        ("元請が不渡りを出した", "customer_bankrupt"),
        ("うちの手形が不渡りになりそうです", "insolvency"),
        ("元請が倒産しました。うちも今月の給料が払えません", "insolvency"),
        ("取引先が倒産して、死にたい", "life"),
    ],
)
def test_a_customers_end_is_told_from_ones_own(sentence: str, card: str) -> None:
    assert card_of(sentence) == card


@pytest.mark.parametrize(
    "sentence",
    [
        "取引先が倒産したらどうなりますか",
        "取引先の倒産に備えたい",
        "取引先が倒産した場合の制度を教えて",
        "倒産防止共済に入りたい",
        "去年、取引先が倒産しましたが、もう解決しました",
    ],
)
def test_a_customers_end_that_is_feared_or_long_over_is_no_emergency(sentence: str) -> None:
    assert recognise(sentence) is None


@pytest.mark.parametrize("text", ["", " ", "\n", "?", "こんにちは"])
def test_nothing_urgent_is_recognised_in_small_talk(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("cards", "is_crisis", "is_attack", "topic"),
    [
        (("life", "danger", "violence"), True, False, None),
        (
            (
                "bec",
                "impersonation",
                "remote_control",
                "fake_support",
                "ransomware",
                "ddos",
                "defacement",
                "account",
                "phishing",
            ),
            False,
            True,
            "cyber",
        ),
        (("leak",), False, False, "cyber"),
        (("disaster",), False, False, "bcp"),
        (("loan_shark",), False, False, "sales_decline"),
        (("insolvency", "customer_bankrupt"), False, False, "sales_decline"),
    ],
)
def test_an_emergency_knows_its_kind_and_its_topic(
    cards: tuple[str, ...], is_crisis: bool, is_attack: bool, topic: str | None
) -> None:
    for card in cards:
        emergency = Emergency(card)
        assert (emergency.is_crisis, emergency.is_attack, emergency.topic) == (is_crisis, is_attack, topic)


def test_a_long_message_is_read_faster_than_anyone_notices() -> None:
    text = "練馬で四十年クリーニング屋をしております。家賃と電気代の支払いが重く、お客様も減りました。" * 5
    recognise(text)

    started = time.perf_counter()
    for _ in range(20):
        recognise(text[:200])
    per_message = (time.perf_counter() - started) / 20

    assert per_message < 0.005  # about 0.0005 on a quiet machine; the rest is for a busy one


@pytest.mark.parametrize("unit", ["口座", "メールが", "水が", "偽の送金", "死", "退職した名簿", "金が足り"])
def test_a_message_made_to_be_slow_is_still_read_at_once(unit: str) -> None:
    started = time.perf_counter()
    recognise((unit * 5000)[:5000])

    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("life,死にたい(,no,", "正規表現として読めません"),
        ("live,死にたい,no,", "「card」の値「live」は使えません"),
        ("life,死にたい,,", "「hypothetical」の値「」は使えません"),
        ("past,去年,yes,", "「hypothetical」の値「yes」は使えません"),
        ("life,,no,", "「pattern」が空です"),
        ("ddos,DDoS,yes,", "何にも一致しません"),
        ("ddos,dos attack,yes,", "何にも一致しません"),
        ("life,死にたい|,no,", "どんな文にも一致します"),
    ],
)
def test_a_faulty_row_is_named_with_what_to_do(tmp_path: Path, row: str, complaint: str) -> None:
    (tmp_path / "signs.csv").write_text(f"{HEADER}danger,火事です,yes,\n{row}\n", encoding="utf-8")

    with pytest.raises(facts.FactError, match=r"signs\.csv 3行目: .+ → .+") as error:
        urgency.load(tmp_path)

    assert complaint in str(error.value)


def test_every_card_has_signs() -> None:
    assert all(urgency.signs()[card] for card in urgency.ORDER)


@pytest.mark.parametrize(
    ("sentence", "over"),
    [
        ("パソコンに身代金要求が出た。先月の話で、もう復旧した", True),
        ("先月も復旧したばかりなのに、いままた暗号化されている", False),
        # What is solved is over, even if it was last night; what is not yet solved goes on.
        ("昨夜、店が浸水しました。もう水は引きました", True),
        ("今朝の火は鎮火しました", True),
        ("サーバーは昨日復旧しました", True),
        ("まだ復旧していません", False),
        ("昨日から収まっていません", False),
        ("昨日から続いていて、まだ解決しません", False),
        ("水は引いたが、今また店に水が入ってきています", False),
        ("ファイルが全部開けなくなりました", False),
    ],
)
def test_what_is_past_and_settled_is_told_from_what_goes_on(sentence: str, over: bool) -> None:
    assert is_over(sentence) is over
