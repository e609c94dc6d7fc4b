// Every sentence that the page itself says; the others come from the gateway.

export const AUTHORS = { visitor: "あなた", bot: "窓口(自動応答)", staff: "担当者", system: "お知らせ" };

export const KINDS = {
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
};

export const CARD = {
  first: "まずここ",
  further: "次の候補",
  former: (name) => `旧 ${name}`,
  call: "電話する",
  page: "ホームページを見る",
  mail: "メールを送る",
  noPhone: "電話番号は確認できていません",
  newTab: "(新しい画面で開きます)",
  facts: { audience: "使える方", hours: "受付時間", cost: "費用", address: "住所", note: "ご注意", checked: "確認" },
};

export const SENDING = "送信中…";
export const SENT = "送信済み";
export const NOT_YET_SENT = "未送信・送り直しています";

export const CHOICES = "返事の候補";
export const TYPING = "窓口が返事を用意しています";
export const RECONNECTING = "再接続しています";
export const CONVERSATION_LOST =
  "前の相談の続きを確認できなかったため、新しい相談を始めました。お手数ですが、もう一度お聞かせください。";
export const UNREADABLE_ERROR = "処理できませんでした。少し待ってから、もう一度お試しください。";

export const LONGEST = 4000;
export const counted = (length) => `${length.toLocaleString("ja-JP")} / ${LONGEST.toLocaleString("ja-JP")}文字`;
export const TOO_LONG = "4,000文字を超えています。短くするか、何回かに分けてお送りください。";
