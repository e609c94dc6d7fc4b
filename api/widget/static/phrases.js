// Every sentence that the page's scripts say, twice: as usual, and in やさしい日本語. What stands in index.html
// has its plain version beside it there; the others come from the gateway.

export const LONGEST = 4000;
export const counted = (length) => `${length.toLocaleString("ja-JP")} / ${LONGEST.toLocaleString("ja-JP")}文字`;

export const NORMAL = {
  authors: { visitor: "あなた", bot: "窓口(自動応答)", staff: "担当者", system: "お知らせ" },
  kinds: {
    chamber: "商工会議所",
    shokokai: "商工会",
    corporation: "公的な支援機関",
    dispute_center: "取引の相談・紛争解決",
    cyber_desk: "サイバーの相談",
    labour_desk: "雇用・労働の相談",
    finance: "資金の相談",
    legal: "法律の相談",
    police: "警察",
    crisis_line: "命と心の相談",
    municipal_office: "役所",
    other: "その他の窓口",
  },
  card: {
    first: "まずここ",
    further: "次の候補",
    former: (name) => `旧 ${name}`,
    call: "電話する",
    page: "ホームページを見る",
    mail: "メールを送る",
    noPhone: "電話番号は確認できていません",
    newTab: "(新しい画面で開きます)",
    facts: { audience: "使える方", hours: "受付時間", cost: "費用", address: "住所", note: "ご注意", checked: "確認" },
  },
  sending: "送信中…",
  sent: "送信済み",
  notYetSent: "未送信・送り直しています",
  choices: "返事の候補",
  typing: "窓口が返事を用意しています",
  reconnecting: "再接続しています",
  keep: { copy: "コピー", copied: "コピーしました", save: "保存", print: "印刷" },
  unread: (count) => (count ? `未読${count}件` : ""),
  tools: "表示・保存",
  close: "閉じる",
  conversationLost:
    "前の相談の続きを確認できなかったため、新しい相談を始めました。お手数ですが、もう一度お聞かせください。",
  unreadableError: "処理できませんでした。少し待ってから、もう一度お試しください。",
  tooLong: "4,000文字を超えています。短くするか、何回かに分けてお送りください。",
};

export const PLAIN = {
  authors: { visitor: "あなた", bot: "窓口(まどぐち)・自動の返事", staff: "担当(たんとう)の人", system: "お知らせ" },
  kinds: {
    chamber: "商工会議所(しょうこうかいぎしょ)",
    shokokai: "商工会(しょうこうかい)",
    corporation: "公的(こうてき)な相談の場所",
    dispute_center: "取引(とりひき)の相談",
    cyber_desk: "ネットやパソコンの相談",
    labour_desk: "働くことの相談",
    finance: "お金の相談",
    legal: "法律(ほうりつ)の相談",
    police: "警察(けいさつ)",
    crisis_line: "命(いのち)と心の相談",
    municipal_office: "役所(やくしょ)",
    other: "ほかの窓口(まどぐち)",
  },
  card: {
    first: "はじめにここ",
    further: "次のところ",
    former: (name) => `前の名前は ${name}`,
    call: "電話する",
    page: "ホームページを見る",
    mail: "メールを送る",
    noPhone: "電話番号は、わかりません",
    newTab: "(新しい画面で開きます)",
    facts: { audience: "使える人", hours: "開く時間", cost: "お金", address: "住所", note: "注意", checked: "調べた時" },
  },
  sending: "送っています…",
  sent: "送りました",
  notYetSent: "まだ送れていません。もう一度送っています",
  choices: "返事を選ぶ",
  typing: "窓口(まどぐち)が返事を書いています",
  reconnecting: "もう一度つないでいます",
  keep: { copy: "写(うつ)す", copied: "写(うつ)しました", save: "残(のこ)す", print: "紙に出す" },
  unread: (count) => (count ? `新しい返事${count}件` : ""),
  tools: "見やすくする・残(のこ)す",
  close: "閉(と)じる",
  conversationLost: "前の相談の続きが、見つかりません。新しい相談を始めました。すみませんが、もう一度書いてください。",
  unreadableError: "うまくいきませんでした。少し待ってください。そのあと、もう一度してください。",
  tooLong: "4,000文字より長いです。短くしてください。何回かに分けて送ってもいいです。",
};

/** What the visitor says by pressing the switch; the gateway keeps the same words. */
export const WISHES = { plainly: "やさしい日本語にしてください", normally: "ふつうの日本語にしてください" };
