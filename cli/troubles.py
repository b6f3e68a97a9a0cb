"""What is said when something outside went wrong: the database, a file, or the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from domain.errors import IntegrityBroken, KaoheError

if TYPE_CHECKING:
    from cli.main import Settings

_KEEP: Final = (
    "请停止登记，把原文件连同同名的 -wal、-shm 文件原样另存备查；用备份恢复以后，"
    "运行 kaohe verify db --pin 与外面保管的检查点核对。"
)
_SERVER: Final = (
    "请停止登记，核对 --db，请管理员把库原样另存备查、查明原因；用备份恢复以后，"
    "运行 kaohe verify db --pin 与外面保管的检查点核对。"
)


class _Trouble(NamedTuple):
    """What begins with this sign, what to say of it and what to do, and which error it is."""

    sign: str
    what: str
    fix: str
    kind: type[KaoheError] = KaoheError


_BY_CODE: Final = (
    # SQLite: https://www.sqlite.org/rescode.html
    _Trouble("SQLITE_CORRUPT", "数据库文件 {place} 已损坏（{said}）", _KEEP, IntegrityBroken),
    _Trouble(
        "SQLITE_NOTADB",
        "{place} 不是 kaohe 的数据库",
        "请核对 --db；如果它本来是登记簿，文件头已损坏：请原样另存备查，用备份恢复。",
    ),
    _Trouble("SQLITE_CANTOPEN", "不能打开数据库 {place}", "请核对文件夹是否存在、是否有权限。"),
    _Trouble("SQLITE_READONLY", "没有写入数据库 {place} 的权限", "请核对文件和文件夹的权限。"),
    _Trouble("SQLITE_BUSY", "数据库 {place} 正被别的程序占用", "请稍后再试。"),
    _Trouble("SQLITE_LOCKED", "数据库 {place} 正被别的程序占用", "请稍后再试。"),
    _Trouble("SQLITE_FULL", "数据库 {place} 所在的磁盘已满", "请腾出磁盘空间再试。"),
    _Trouble("SQLITE_IOERR", "数据库 {place} 所在的磁盘读写失败", "请核对磁盘是否完好、是否连着。"),
    # PostgreSQL, appendix A
    _Trouble("08", "与数据库服务器 {place} 的连接断了", "请稍后再试。"),
    _Trouble("25006", "没有写入数据库 {place} 的权限", "请核对数据库是否只读。"),
    _Trouble("28P01", "数据库服务器不接受 {place} 的用户名或密码", "请核对网址。"),
    _Trouble(
        "28000",
        "数据库服务器不让 {place} 的用户登录（{said}）",
        "请核对网址里的用户名，或请管理员建立这个角色、准许它登录。",
    ),
    _Trouble("3D000", "数据库服务器上没有 {place}", "请先请管理员建立这个数据库。"),
    _Trouble("42501", "没有使用数据库 {place} 的权限（{said}）", "请核对数据库角色的权限。"),
    _Trouble("42P01", "数据库 {place} 里缺少登记簿的表（{said}）", _SERVER, IntegrityBroken),
    _Trouble("53100", "数据库 {place} 所在的磁盘已满", "请管理员腾出磁盘空间。"),
    _Trouble("53300", "数据库服务器 {place} 的连接已满", "请稍后再试。"),
    _Trouble("55P03", "数据库 {place} 正被别的程序占用", "请稍后再试。"),
    _Trouble("57014", "数据库 {place} 没有及时应答", "请稍后再试。"),
    _Trouble("57P", "数据库服务器 {place} 正在停机或启动", "请稍后再试。"),
    _Trouble("58030", "数据库 {place} 所在的磁盘读写失败", "请管理员核对磁盘。"),
    _Trouble("XX001", "数据库 {place} 已损坏（{said}）", _SERVER, IntegrityBroken),
    _Trouble("XX002", "数据库 {place} 的索引已损坏（{said}）", _SERVER, IntegrityBroken),
)
_BY_WORDS: Final = (  # where there is no code, or one that says nothing
    _Trouble("can't create a conn", "连不上数据库服务器 {place}", "请核对网址，服务器是否开着。"),
    _Trouble("communication error", "连不上数据库服务器 {place}", "请核对网址，服务器是否开着。"),
    _Trouble("network error", "与数据库服务器 {place} 的连接断了", "请稍后再试。"),
    _Trouble("password", "数据库服务器不接受 {place} 的用户名或密码", "请核对网址。"),
    _Trouble("timed out", "数据库 {place} 没有及时应答", "请稍后再试。"),
    _Trouble("no such table", "数据库 {place} 里缺少登记簿的表（{said}）", _KEEP, IntegrityBroken),
    _Trouble("could not decode", "数据库 {place} 里有不是文字的内容", _KEEP, IntegrityBroken),
)


def explained(error: Exception, settings: Settings | None) -> KaoheError:
    """Return what happened and what to do, in words that an office can follow.

    It is an ``IntegrityBroken`` where what is stored is damaged, whoever damaged it.
    """
    place = place_of(settings.database) if settings else "--db"
    if type(error).__module__.startswith(("eventsourcing.", "infra.store")):
        return _of_database(error, place)
    if isinstance(error, OSError):
        what = (
            f"文件操作失败：{error.strerror or error}（{error.filename or type(error).__name__}）"
        )
        return KaoheError(what, fix="请核对路径、权限和磁盘空间。")
    what = f"操作没有完成（{type(error).__name__}）：{error}"
    return KaoheError(what, fix="请加 --debug 重试并把显示的内容交给维护人员。")


def _of_database(error: Exception, place: str) -> KaoheError:
    from infra.store.errors import code_of

    code, said = code_of(error), str(error)
    found = [trouble for trouble in _BY_CODE if code.startswith(trouble.sign)]
    found += [trouble for trouble in _BY_WORDS if trouble.sign in said.lower()]
    for _, what, fix, kind in found:
        return kind(what.format(place=place, said=said), fix=fix)
    message = f"数据库 {place} 出错（{type(error).__name__}）：{said}"
    return KaoheError(message, fix="请核对 --db；加 --debug 可看到详细信息。")


def place_of(database: str) -> str:
    """Return the database as it is named to people: an address without its password."""
    if "://" not in database:
        return database
    from sqlalchemy import make_url

    try:
        return make_url(database).render_as_string()
    except ValueError:
        return database.partition("://")[0] + "://…"
