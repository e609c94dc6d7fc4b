"""What visitors write in several tests: the words, and what the classifier takes them for."""

NO_CUSTOMERS = ("客が来ない", "sales_decline", "S4")
NO_CUSTOMERS_IN_ITABASHI = ("板橋で食堂をやっています。客が来ません", "sales_decline", "S4")
NO_STAFF = ("募集しても応募がありません", "staffing", "H1")
NO_STAFF_IN_ITABASHI = ("板橋区です。募集しても応募がありません", "staffing", "H1")
UNPAID = ("代金を払ってもらえません", "subcontract", "T1")
UNPAID_IN_ITABASHI = ("板橋区です。代金を払ってもらえません", "subcontract", "T1")
RANSOM = ("サーバーの身代金を要求されています", "cyber", "C1")
STRANGE_COMPUTER = ("パソコンがおかしいです。ウイルスでしょうか", "cyber", "C1")
LEAK = ("板橋の会社です。昨日、顧客名簿を誤送信してしまいました", "cyber", "C6")
WISH_TO_DIE = ("もう死にたいです", "crisis", "life")

# Desks for an attack under way.
FIRST_AID = ["mpd-cyber", "ipa-org", "tcyss"]
