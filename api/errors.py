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


class NotLoggedIn(Trouble):
    """ログインしていないか、時間がたってログアウトされました。もう一度ログインしてください。"""

    status = HTTPStatus.UNAUTHORIZED
    code = "not_logged_in"


class NotAllowed(Trouble):
    """この操作をする権限がありません。{who}に頼んでください。"""

    status = HTTPStatus.FORBIDDEN
    code = "not_allowed"


class NotFresh(Trouble):
    """大事な操作なので、もう一度パスワードを入力してください。"""

    status = HTTPStatus.FORBIDDEN
    code = "not_fresh"


class Forged(Trouble):
    """この画面からの操作だと確かめられませんでした。画面を読み込み直して、もう一度お試しください。"""

    status = HTTPStatus.FORBIDDEN
    code = "forged"


class WrongLogin(Trouble):
    """名前かパスワードが違います。"""

    status = HTTPStatus.UNAUTHORIZED
    code = "wrong_login"


class WrongPassword(WrongLogin):
    """今のパスワードが違います。"""

    code = "wrong_password"


class WrongCode(WrongLogin):
    """コードが違うか、すでに使われました。新しいコードが出るのを待って、入力してください。"""

    code = "wrong_code"


class TooManyAttempts(Trouble):
    """続けて試されたため、しばらく受け付けません。{wait}ほど待ってから、もう一度お試しください。"""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_attempts"

    def __init__(self, *, seconds: int) -> None:
        super().__init__(wait=f"{seconds}秒" if seconds < 60 else f"{-(-seconds // 60)}分")
        self.headers = {"Retry-After": str(seconds)}


class SetupLinkUnknown(Trouble):
    """この設定用のリンクは使えません。期限が切れたか、すでに使われました。管理者に、新しいリンクを頼んでください。"""

    status = HTTPStatus.GONE
    code = "setup_link"


class NotAccepted(Trouble):
    """入力された内容を受け付けられませんでした。"""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "not_accepted"


class PasswordTooShort(NotAccepted):
    """パスワードは{least}文字以上にしてください。関係のない言葉を三つ四つ並べると、長くても覚えられます。"""


class PasswordTooLong(NotAccepted):
    """パスワードは{most}文字までにしてください。"""


class PasswordTooEasy(NotAccepted):
    """そのパスワードは当てられやすいので使えません。名前や続いた文字を含まないものにしてください。"""


class PasswordsDiffer(NotAccepted):
    """二回入力されたパスワードが同じではありません。"""


class BadName(NotAccepted):
    """ログイン名は、半角の英小文字・数字・「.」「_」「-」で、2文字から32文字にしてください。"""


class BadShownName(NotAccepted):
    """表示名を、{most}文字までで書いてください。"""


class BadRole(NotAccepted):
    """役割「{given}」はありません。viewer、counsellor、lead、admin のどれかにしてください。"""


class BadDay(NotAccepted):
    """日付「{given}」を読み取れませんでした。2026-11-23 のように書いてください。"""


class NameTaken(NotAccepted):
    """ログイン名「{given}」はもう使われています。別の名前にしてください。"""


class UnknownPerson(Trouble):
    """アカウント「{given}」はありません。"""

    status = HTTPStatus.NOT_FOUND
    code = "person_unknown"


class LastAdmin(Trouble):
    """管理者がいなくなってしまうので、できません。先に、ほかの人を管理者にしてください。"""

    status = HTTPStatus.CONFLICT
    code = "last_admin"


class NotYourself(Trouble):
    """自分のアカウントには、この操作をできません。ほかの管理者に頼んでください。"""

    status = HTTPStatus.CONFLICT
    code = "not_yourself"


class SchemaOld(Trouble):
    """動いているゲートウェイと、このコマンドの版が違います。ゲートウェイを起動し直してください。"""

    code = "schema_old"


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
