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
