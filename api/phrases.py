"""Every sentence the gateway itself says to a visitor."""

GREETING = """こんにちは。東京の中小企業・個人事業の方を、合う相談窓口にご案内する自動応答です。人ではありません。
命や体が危ないときは、先に119か110へ電話してください。
パスワードや口座番号は書かないでください。

どのようなことでお困りですか。下から選ぶか、ふだんの言葉でお書きください。"""

# Title and payload. The payloads are intents of the bot.
GREETING_BUTTONS = (
    ("売上が減った", "/sales_decline"),
    ("人手が足りない", "/staffing"),
    ("災害・事業の備え(BCP)", "/bcp"),
    ("サイバー被害・対策", "/cyber"),
    ("下請・取引の困りごと", "/subcontract"),
    ("人と話したい", "/handoff"),
)

BOT_SILENT = """申し訳ありません。ただいま自動の案内がうまく動いていません。
お書きいただいた内容は保存し、職員が確認できるようにしました。
お急ぎのときは、次の窓口に直接ご相談ください。しばらくしてから、もう一度ここに書いていただくこともできます。"""
