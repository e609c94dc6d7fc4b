"""Every trouble we expect. The docstring is what the person reads; `status` and `code` are for programs."""

from collections.abc import Mapping
from http import HTTPStatus
from inspect import getdoc
from types import MappingProxyType

from starlette.responses import JSONResponse


class Trouble(Exception):
    """処理できませんでした。少し待ってから、もう一度お試しください。"""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal"
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, **names: str) -> None:
        super().__init__((getdoc(type(self)) or "").replace("\n", "").format(**names))


class UnknownConversation(Trouble):
    """この相談の続きを確認できませんでした。お手数ですが、ページを読み込み直して、新しい相談を始めてください。"""

    status = HTTPStatus.UNAUTHORIZED
    code = "conversation_unknown"
    headers = MappingProxyType({"WWW-Authenticate": "Bearer"})


class NotFound(Trouble):
    """お探しのページは見つかりませんでした。最初のページからやり直してください。"""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class MethodNotAllowed(Trouble):
    """この送り方は受け付けていません。ページを読み込み直して、もう一度お試しください。"""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"


class NotJson(Trouble):
    """メッセージの送信形式が違います。ページを読み込み直して、もう一度お送りください。"""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "content_type"


class Unreadable(Trouble):
    """送られた内容を読み取れませんでした。ページを読み込み直して、もう一度お送りください。"""

    status = HTTPStatus.BAD_REQUEST
    code = "unreadable"


class WrongEncoding(Unreadable):
    """文字コードを読み取れませんでした。UTF-8で、もう一度お送りください。"""

    code = "encoding"


class BrokenCharacter(Unreadable):
    """メッセージに壊れた文字が入っています。絵文字や特殊な文字を消して、もう一度お送りください。"""

    code = "broken_character"


class WrongShape(Unreadable):
    """送られた内容の項目が足りないか、多すぎます。メッセージかボタンのどちらか一つを選んで、もう一度お送りください。"""

    code = "shape"


class WrongField(Trouble):
    """項目「{name}」の形が正しくありません。ページを読み込み直して、もう一度お送りください。"""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "field"


class EmptyText(Trouble):
    """メッセージが空です。お困りのことを一言でも入力してから、お送りください。"""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "empty"


class UnknownButton(Trouble):
    """そのボタンは使えませんでした。画面に出ている別のボタンを選ぶか、文章でお書きください。"""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "button_unknown"


class TextTooLong(Trouble):
    """メッセージが長すぎます。4,000文字までに短くするか、何回かに分けてお送りください。"""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "text_too_long"


class BodyTooLarge(Trouble):
    """送られた内容が大きすぎます。メッセージを4,000文字までに短くして、もう一度お送りください。"""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "body_too_large"


class DatabaseUnavailable(Trouble):
    """ただいまメッセージを保存できません。届いていませんので、少し待ってから、もう一度お送りください。"""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "database_unavailable"


class OriginRefused(Trouble):
    """このサイトからは、相談を始められません。窓口のページを直接開いて、もう一度お試しください。"""

    status = HTTPStatus.FORBIDDEN
    code = "origin"


class WrongSignature(Trouble):
    """署名を確かめられませんでした。チャネルシークレットの設定を確かめてください。"""

    status = HTTPStatus.UNAUTHORIZED
    code = "signature"


class BotUnavailable(Trouble):
    """ただいま自動応答が使えません。"""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "bot_unavailable"


class BotUnreachable(BotUnavailable):
    """自動応答につながりません。再起動の途中かもしれません。"""

    code = "bot_unreachable"


class MoveNotAllowed(Trouble):
    """今の状態では、その操作はできません。画面を読み込み直して、状態を確かめてください。"""

    status = HTTPStatus.CONFLICT
    code = "move_not_allowed"


class NotDelivered(Trouble):
    """返信を届けられませんでした。"""

    status = HTTPStatus.BAD_GATEWAY
    code = "not_delivered"


class TryLater(NotDelivered):
    """相手のサービスが混み合っています。しばらくしてから、もう一度お届けします。"""

    code = "try_later"

    def __init__(self, after: float | None = None) -> None:
        """`after`: the seconds that the platform asked us to wait."""
        super().__init__()
        self.after = after


class TicketRefused(NotDelivered):
    """返信できる時間が過ぎたため、別の方法でお届けします。"""

    code = "ticket_refused"


class OutOfQuota(NotDelivered):
    """今月送れる件数を使い切りました。相談者から次の連絡があったときにお届けします。"""

    code = "out_of_quota"


class Undeliverable(NotDelivered):
    """この相手には返信を届けられません。"""

    def __init__(self, code: str) -> None:
        """`code`: the platform's own word for why, without anything that a person wrote."""
        super().__init__()
        self.code = code


class FormLinkUnknown(Trouble):
    """この入力用のリンクは使えません。期限が切れたか、すでに送信済みです。お手数ですが、もう一度チャットでお声がけください。"""

    status = HTTPStatus.GONE
    code = "form_link"


class AlreadyRunning(Trouble):
    """{path} は別のゲートウェイが使っています。先にそれを止めてください。"""

    code = "already_running"


class BadSetting(Trouble):
    """環境変数 {name} の値「{given}」は使えません。0より大きく{most}以下の数にしてください。"""

    code = "setting"


class BadAddress(BadSetting):
    """環境変数 {name} の値「{given}」は使えません。「https://」で始まる、外から見えるアドレスにしてください。"""


class SettingMissing(BadSetting):
    """環境変数 {other} はありますが、{name} がありません。両方を設定するか、両方を消してください。"""


class BadOrigin(BadSetting):
    """環境変数 {name} の「{given}」は使えません。サイトごとに「https://www.example.jp」の形で、カンマで区切って書いてください。"""


class BadSlackChannel(BadSetting):
    """環境変数 {name} の値「{given}」は使えません。チャンネルの名前ではなく、「C」で始まるチャンネルIDにしてください。"""


def as_response(trouble: Trouble) -> JSONResponse:
    """The one shape in which a trouble leaves the gateway."""
    body = {"error": {"code": trouble.code, "message": str(trouble)}}
    return JSONResponse(body, status_code=trouble.status, headers=trouble.headers)
