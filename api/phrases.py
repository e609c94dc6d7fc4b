"""Every sentence the gateway itself says to a visitor, and its plain version: one thing a sentence, 40 characters at most."""

GREETING = """こんにちは。東京の中小企業・個人事業の方を、合う相談窓口にご案内する自動応答です。人ではありません。
命や体が危ないときは、先に119か110へ電話してください。
パスワードや口座番号は書かないでください。

どのようなことでお困りですか。下から選ぶか、ふだんの言葉でお書きください。"""

GREETING_PLAIN = """こんにちは。これは自動(じどう)の案内(あんない)です。人ではありません。
東京で会社や店をしている人に、相談するところを案内します。
命(いのち)や体が危(あぶ)ないときは、先に119か110に電話してください。
パスワードは書かないでください。口座(こうざ)の番号も書かないでください。

何に困(こま)っていますか。下から選(えら)んでください。自分の言葉で書いてもいいです。"""

# Title and payload. The payloads are intents of the bot.
GREETING_BUTTONS = (
    ("売上が減った", "/sales_decline"),
    ("人手が足りない", "/staffing"),
    ("災害・BCPの備え", "/bcp"),
    ("サイバー被害・対策", "/cyber"),
    ("取引先とのトラブル", "/subcontract"),
    ("人と話したい", "/handoff"),
)

GREETING_BUTTONS_PLAIN = (
    ("売上が減った", "/sales_decline"),
    ("働く人が足りない", "/staffing"),
    ("災害への備え", "/bcp"),
    ("ネットの被害・対策", "/cyber"),
    ("取引先ともめている", "/subcontract"),
    ("人と話したい", "/handoff"),
)

BOT_SILENT = """申し訳ありません。ただいま自動の案内がうまく動いていません。
お書きいただいた内容は保存し、職員が確認できるようにしました。
お急ぎのときは、次の窓口に直接ご相談ください。しばらくしてから、もう一度ここに書いていただくこともできます。"""

BOT_SILENT_PLAIN = """すみません。今、自動(じどう)の案内(あんない)がうまく動いていません。
あなたが書いたことは、保存(ほぞん)しました。職員(しょくいん)が読めます。
急(いそ)ぐときは、次の窓口(まどぐち)に相談してください。
少し待ってから、もう一度ここに書いてもいいです。"""

# What a visitor says by pressing the page's switch.
SPEAK_PLAINLY = "やさしい日本語にしてください"
SPEAK_NORMALLY = "ふつうの日本語にしてください"

# In place of what a visitor took back.
WITHDRAWN = "（送信者が取り消しました）"

# For staff only.
UNDELIVERED = "この返信は届けられませんでした。"

MASKED = """電話番号や口座番号などは、伏せて保存しました。このチャットには書かないでください。
伏せた部分を担当者が見るのは、あとでご同意をいただいたときだけです。"""

MASKED_PLAIN = """電話や口座(こうざ)の番号は、見えないようにしました。
ここに、番号やメールアドレスを書かないでください。
担当(たんとう)の人は、あなたが「いい」と言ったときだけ見ます。"""

COLLECT_BUTTON = "返事を受け取る"
COLLECT_BUTTON_PLAIN = "返事(へんじ)を見る"

COLLECT = f"ただいま確認しています。少し待ってから、下の「{COLLECT_BUTTON}」を押すと、続きをお届けします。"
COLLECT_PLAIN = f"""今、調(しら)べています。少し待ってください。
そのあとで「{COLLECT_BUTTON_PLAIN}」を押(お)してください。"""

COLLECT_NOT_READY = f"まだ確認しています。もう少し待ってから、もう一度「{COLLECT_BUTTON}」を押してください。"
COLLECT_NOT_READY_PLAIN = f"""まだ調(しら)べています。もう少し待ってください。
そのあとで「{COLLECT_BUTTON_PLAIN}」を押(お)してください。"""

COLLECT_NOTHING = "お届けしていない返事はありません。続きをふだんの言葉でお書きください。"
COLLECT_NOTHING_PLAIN = """返事(へんじ)は、もう全部送りました。
続(つづ)きを書いてください。"""

FORM = """詳しい事情や連絡先は、このチャットには書かず、次の専用フォームにご記入ください。担当者だけが読みます。
{link}
（一度だけ使えます。24時間で使えなくなります）"""

FORM_PLAIN = """くわしいことや連絡先(れんらくさき)は、ここに書かないでください。
次のページに書いてください。担当(たんとう)の人だけが読みます。
{link}
一度だけ使えます。24時間で使えなくなります。"""

# In the form: beside the field, and once more at the top.
FORM_NO_NAME = "お呼びするお名前を書いてください。名字だけでもかまいません。"
FORM_NO_NAME_PLAIN = "名前を書いてください。名字(みょうじ)だけでもいいです。"

FORM_NO_WAY = "電話番号かメールアドレスの、どちらか一つを書いてください。"
FORM_NO_WAY_PLAIN = "電話番号か、メールアドレスを書いてください。一つでいいです。"

FORM_NO_PHONE = "電話番号を、市外局番から数字で書いてください。"
FORM_NO_PHONE_PLAIN = "電話番号を、はじめから全部、数字で書いてください。"

FORM_NO_MAIL = "メールアドレスの形を確かめてください。例: yamada@example.jp"
FORM_NO_MAIL_PLAIN = "メールアドレスが正しいか、見てください。例(れい): yamada@example.jp"

FORM_TOO_LONG = "{longest}文字までに短くしてください。"
FORM_TOO_LONG_PLAIN = "長すぎます。{longest}文字までにしてください。"

FORM_SECRET = """マイナンバー、カード番号、口座番号、暗証番号のような番号があります。ここでは受け取れません。
その番号を消してください。"""
FORM_SECRET_PLAIN = """マイナンバーやカード、口座(こうざ)などの番号があります。
番号を消してください。ここでは受け取れません。"""

FORM_NO_CONSENT = "担当者が読んでもよいときは、ここに印を付けてください。同意がないと受け取れません。"
FORM_NO_CONSENT_PLAIN = "担当(たんとう)の人が読んでいいときは、印をつけてください。"

FORM_NOT_KEPT = "まだ届いていません。ただいま保存できないので、少し待ってから、もう一度お送りください。"
FORM_NOT_KEPT_PLAIN = """今、保存(ほぞん)できません。まだ届いていません。
少し待って、もう一度「送る」を押(お)してください。"""

# In the chat, after the form was sent: never what stands in it.
FORM_RECEIVED = "連絡先を受け取りました。担当者が読みます。"
FORM_RECEIVED_PLAIN = "連絡先(れんらくさき)を受け取りました。担当(たんとう)の人が読みます。"

# On a platform: who speaks, and the choices for those whose screen shows no buttons.
BOT_NAME = "窓口（自動応答）"
BOT_NAME_PLAIN = "窓口・自動の返事"
STAFF_NAME = "担当者"
STAFF_NAME_PLAIN = "担当の人"
SYSTEM_NAME = "お知らせ"
SYSTEM_NAME_PLAIN = "お知らせ"

CHOICES = "返事の候補（選ぶか、同じ言葉をお書きください）"
CHOICES_PLAIN = "返事(へんじ)を選(えら)んでください。書いてもいいです。"

# On the card of a desk, where it is drawn by us.
CARD_FIRST = "まずここ"
CARD_FIRST_PLAIN = "はじめにここ"
CARD_FURTHER = "次の候補"
CARD_FURTHER_PLAIN = "次のところ"
CARD_FORMER = "旧 {name}"
CARD_FORMER_PLAIN = "前の名前は {name}"
CARD_CALL = "電話"
CARD_CALL_PLAIN = "電話"
CARD_PAGE = "ホームページを見る"
CARD_PAGE_PLAIN = "ホームページを見る"
CARD_MAIL = "メール"
CARD_MAIL_PLAIN = "メール"
CARD_NO_PHONE = "電話番号は確認できていません"
CARD_NO_PHONE_PLAIN = "電話番号は、わかりません"
CARD_AUDIENCE = "使える方"
CARD_AUDIENCE_PLAIN = "使える人"
CARD_HOURS = "受付時間"
CARD_HOURS_PLAIN = "開く時間"
CARD_COST = "費用"
CARD_COST_PLAIN = "お金"
CARD_ADDRESS = "住所"
CARD_ADDRESS_PLAIN = "住所"
CARD_NOTE = "ご注意"
CARD_NOTE_PLAIN = "注意"
CARD_CHECKED = "確認"
CARD_CHECKED_PLAIN = "調べた時"

# In the record, in place of what has no words; and what we answer to it.
STICKER = "〔スタンプ〕"
PICTURE = "〔写真〕"
VIDEO = "〔動画〕"
SOUND = "〔音声〕"
FILE = "〔ファイル〕"
LOCATION = "〔位置情報〕"
BUTTON = "〔ボタン〕"
UNREADABLE = "〔読み取れない内容〕"

STICKER_SEEN = """スタンプをありがとうございます。
お困りのことがありましたら、ふだんの言葉でお書きください。"""
STICKER_SEEN_PLAIN = """スタンプをありがとうございます。
困(こま)っていることを、言葉で書いてください。"""

NOT_READ = """申し訳ありません。これは自動応答のため、写真・動画・音声・ファイルの中身を読み取れません。
お困りのことを、文章でお書きください。"""
NOT_READ_PLAIN = """すみません。写真や声やファイルは、読むことができません。
困(こま)っていることを、言葉で書いてください。"""

PLACE_NOT_READ = """ありがとうございます。どの区市町村か読み取れませんでした。地図の場所は保存していません。
会社やお店のある区市町村の名前を、「板橋区」のようにお書きください。"""
PLACE_NOT_READ_PLAIN = """どの区や市(し)か、わかりませんでした。地図の場所は残(のこ)していません。
会社や店がある区や市の名前を書いてください。例(れい): 板橋区"""

PLACE_OUTSIDE = """ありがとうございます。東京都の外の場所のようです。地図の場所は保存していません。
この窓口は東京都内の事業者の方のご案内をしています。会社やお店が都内にあるときは、区市町村の名前をお書きください。"""
PLACE_OUTSIDE_PLAIN = """東京の外の場所のようです。地図の場所は残(のこ)していません。
ここは、東京で会社や店をしている人の窓口(まどぐち)です。
会社や店が東京にあるときは、区や市の名前を書いてください。"""

BUTTON_GONE = "そのボタンは、今は使えませんでした。お手数ですが、お困りのことを文章でお書きください。"
BUTTON_GONE_PLAIN = """そのボタンは、今は使(つか)えません。
困(こま)っていることを、言葉で書いてください。"""

# In Slack. A command is answered at once, and only its sender sees it.
SLACK_COMMAND = "お声がけありがとうございます。続きは、このアプリとのダイレクトメッセージでお答えします。"
SLACK_COMMAND_PLAIN = """ありがとうございます。
返事(へんじ)は、このアプリの「メッセージ」に送ります。"""

SLACK_CHOSEN = "「{title}」を選びました。"
SLACK_CHOSEN_PLAIN = "「{title}」を選(えら)びました。"

SLACK_NOT_YOURS = """このボタンは、相談を始めた方だけが押せます。
ご自分の相談は、このアプリへのダイレクトメッセージにお書きください。"""
SLACK_NOT_YOURS_PLAIN = """このボタンは、相談を始めた人だけが押(お)せます。
あなたの相談は、このアプリの「メッセージ」に書いてください。"""

SLACK_REST = "〔長すぎるメッセージの残り〕"
SLACK_CUT = "長いメッセージのため、初めの{longest}文字だけを受け取りました。残りは、分けてお送りください。"
SLACK_CUT_PLAIN = """メッセージが長すぎます。初めの{longest}文字だけを受け取りました。
残(のこ)りは、分けて送ってください。"""

SLACK_HOME = """東京の中小企業・個人事業の方を、合う相談窓口にご案内する自動応答です。人ではありません。
命や体が危ないときは、先に119か110へ電話してください。

下から選ぶか、「メッセージ」タブに、ふだんの言葉でお書きください。返事も「メッセージ」タブに届きます。"""
SLACK_HOME_PLAIN = """これは自動(じどう)の案内(あんない)です。人ではありません。
東京で会社や店をしている人に、相談するところを案内します。
命(いのち)や体が危(あぶ)ないときは、先に119か110に電話してください。
上のボタンを押(お)すか、「メッセージ」に書いてください。
「やさしい日本語で」と書くと、やさしい言葉で答えます。"""

SLACK_PRIVACY = """書かれた内容は、このサービスの記録とSlackに残ります。
会社名、人の名前、金額、くわしい事情、連絡先、パスワードは書かないでください。
くわしい事情や連絡先が必要なときは、専用のフォームをご案内します。"""
SLACK_PRIVACY_PLAIN = """書いたことは、ここの記録(きろく)とSlackに残(のこ)ります。
名前、お金、くわしいことは、書かないでください。
電話番号やパスワードも、書かないでください。
くわしいことを書くときは、別(べつ)のページを案内します。"""

CARD_SOURCE = "出典"
CARD_SOURCE_PLAIN = "出典(しゅってん)"

# To staff, where they look: that a person is asked for, and never what was written.
ALERT = "担当者への引き継ぎがあります。"
ALERT_LINE = "理由: {reason} / 話題: {topic} / 地域: {area} / 経路: {channel}"
ALERT_UNKNOWN = "不明"
ALERT_REASONS = {
    "requested": "人と話したいとのご希望",
    "crisis": "命の危険のおそれ（至急）",
    "not_understood": "自動応答が理解できない",
    "bot_failure": "自動応答が動いていない",
}
ALERT_CHANNELS = {"web": "ウェブ", "line": "LINE", "slack": "Slack"}
