"""What is said when something outside went wrong: the database, a file, or the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.main import Settings

_SAID_BY_DATABASES = (
    ("file is not a database", "{place} 不是 kaohe 的数据库", "请核对 --db。"),
    ("unable to open", "不能打开数据库 {place}", "请核对文件夹是否存在、是否有权限。"),
    ("readonly", "没有写入数据库 {place} 的权限", "请核对文件和文件夹的权限。"),
    ("read-only", "没有写入数据库 {place} 的权限", "请核对数据库角色的权限。"),
    ("permission denied", "没有使用数据库 {place} 的权限", "请核对数据库角色的权限。"),
    ("can't create a connection", "连不上数据库服务器 {place}", "请核对网址，以及服务器是否开着。"),
    ("does not exist", "数据库服务器上没有 {place}", "请先请管理员建立这个数据库。"),
    ("password", "数据库服务器不接受 {place} 的用户名或密码", "请核对网址。"),
    ("locked", "数据库 {place} 正被别的程序占用", "请稍后再试。"),
    ("timed out", "数据库 {place} 没有及时应答", "请稍后再试。"),
    ("disk", "数据库 {place} 所在的磁盘读写失败", "请核对磁盘空间和文件是否完好。"),
)


def told(error: Exception, settings: Settings | None) -> str:
    """Return what happened and what to do, in words that an office can follow."""
    place = place_of(settings.database) if settings else "--db"
    kind = type(error).__name__
    if type(error).__module__.startswith(("eventsourcing.", "infra.store")):
        said = str(error).lower()
        for sign, what, fix in _SAID_BY_DATABASES:
            if sign in said:
                return f"{what.format(place=place)}\n{fix}"
        return f"数据库 {place} 出错（{kind}）：{error}\n请核对 --db；加 --debug 可看到详细信息。"
    if isinstance(error, OSError):
        return f"文件操作失败：{error.strerror or error}（{error.filename or kind}）"
    return f"操作没有完成（{kind}）：{error}\n请加 --debug 重试并把显示的内容交给维护人员。"


def place_of(database: str) -> str:
    """Return the database as it is named to people: an address without its password."""
    if "://" not in database:
        return database
    from sqlalchemy import make_url

    try:
        return make_url(database).render_as_string()
    except ValueError:
        return database.partition("://")[0] + "://…"
