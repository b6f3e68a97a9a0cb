"""The command line: which commands there are, and the one place where errors become messages.

Only click is imported here; a command's own module is loaded when the command runs, so that
``kaohe --help`` and a single score answer at once.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

import click

from cli.chinese import MEMBERS, OPTIONS, in_chinese, speak_chinese
from domain.errors import KaoheError, Refused


class Entry(NamedTuple):
    """Where a command lives, and the line that stands beside it in the overview."""

    target: str
    summary: str


COMMANDS = {
    "demo": Entry("cli.demo:demo", "演示：合成一整年 41 个单位的数据，从工作簿到排名"),
    "init": Entry("cli.init:init", "建立登记簿"),
    "import": Entry(
        "cli.importing:import_",
        "导入登记文件（.jsonl 或 .xlsx），每个文件要么全部登记，要么都不登记",
    ),
    "template": Entry("cli.template:template", "写出空白登记工作簿，带单位和类别的下拉列表"),
    "record": Entry("cli.recording:record", "登记一条事件"),
    "correct": Entry("cli.recording:correct", "更正一条事件"),
    "retract": Entry("cli.recording:retract", "撤销一条事件"),
    "proposals": Entry("cli.proposals:proposals", "待另一人确认的更正提案"),
    "confirm": Entry("cli.proposals:confirm", "确认别人的提案，其内容随即登记"),
    "refuse": Entry("cli.proposals:refuse", "驳回一个提案"),
    "publish": Entry("cli.publish:publish", "公布成绩，登记得分表的摘要"),
    "publication": Entry("cli.publication:publication", "已公布的成绩：列出、重现"),
    "appeal": Entry("cli.appeal:appeal", "申诉：提出、补充材料、拟处理意见、决定、撤回"),
    "late": Entry("cli.late:late", "补登得晚的事件，和公布以后改变了它的事件"),
    "score": Entry("cli.score:score", "单位得分表"),
    "rank": Entry("cli.rank:rank", "排名：总排名和分类排名"),
    "explain": Entry("cli.explain:explain", "逐条说明得分：依据、事件、来源文件和行"),
    "diff": Entry("cli.diff:diff", "两个时点之间哪些分变了，由哪些事件引起"),
    "what-if": Entry("cli.what_if:what_if", "试算：如果登记这些文件、这样裁定，得分和名次会怎样"),
    "history": Entry("cli.history:history", "一年中得分变化的日子和曲线"),
    "list": Entry("cli.listing:list_", "清单：报送、采用、约稿、在岗人员等，任何一天的状态"),
    "doctor": Entry("cli.doctor:doctor", "体检：找出登记中可疑、遗漏、矛盾之处"),
    "log": Entry("cli.log:log", "按登记顺序列出事件"),
    "evidence": Entry("cli.evidence:evidence", "佐证文件：列出、取出、补存、核对"),
    "rulebook": Entry("cli.rulebook:rulebook", "考核细则：指标、分值、上限和各处口径"),
    "export": Entry("cli.export:export", "导出登记簿等文件"),
    "checkpoint": Entry("cli.checkpoint:checkpoint", "签署检查点：日志到此为止的条数和树根"),
    "key": Entry("cli.key:key", "日志的公钥和指纹，供别人核对"),
    "witness": Entry("cli.witness:witness", "请外单位见证检查点，收存见证签名"),
    "verify": Entry("cli.verify:verify", "从头核验数据库或移交包"),
    "check": Entry("cli.upkeep:check", "核对：现有得分与从头重算是否一致"),
    "rebuild": Entry("cli.upkeep:rebuild", "从事件日志重新计算全部得分"),
}


class Commands(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which an office meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.target.partition(":")
        return in_chinese(getattr(importlib.import_module(module), name))

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  as click has it
        """Run the command line, in Chinese."""
        speak_chinese()
        return super().main(*args, **extra)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, or say which ones are written nearly so."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without loading any command."""
        del ctx
        with formatter.section("命令"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click has it
        """Run a command; whatever goes wrong becomes one message and an exit code."""
        try:
            return super().invoke(ctx)
        except KaoheError as error:
            click.echo(f"错误：{error}", err=True)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # The reader (head, less) has seen enough. Nothing more may be written to stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except Exception as error:
            if ctx.obj and ctx.obj.debug:
                raise
            from cli.troubles import explained

            told = explained(error, ctx.obj)
            click.echo(f"错误：{told}", err=True)
            ctx.exit(told.exit_code)


class Settings(NamedTuple):
    """What the options before the command say."""

    database: str
    actor: str
    rulebooks: Path | None
    debug: bool
    keys: Path | None = None
    evidence: Path | None = None


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar=OPTIONS,
    subcommand_metavar=MEMBERS,
)
@click.option(
    "--db",
    "database",
    envvar="KAOHE_DB",
    default="kaohe.db",
    show_default=True,
    metavar="文件或网址",
    help="数据库文件，或 postgresql:// 网址（环境变量 KAOHE_DB）。",
)
@click.option("--actor", envvar="KAOHE_ACTOR", metavar="姓名", help="谁在操作（KAOHE_ACTOR）。")
@click.option(
    "--rulebooks",
    envvar="KAOHE_RULEBOOKS",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="另有考核细则（.toml）的文件夹（KAOHE_RULEBOOKS）。",
)
@click.option(
    "--keys",
    envvar="KAOHE_KEYS",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="签署检查点的密钥所在的文件夹（KAOHE_KEYS）；默认在用户的应用程序数据文件夹里。",
)
@click.option(
    "--evidence-dir",
    envvar="KAOHE_EVIDENCE",
    type=click.Path(path_type=Path, readable=False),
    metavar="文件夹",
    help="存放佐证文件的文件夹（KAOHE_EVIDENCE）；默认在数据库旁边，名为“数据库文件名.evidence”。",
)
@click.option("--debug", is_flag=True, envvar="KAOHE_DEBUG", help="出错时显示详细信息。")
@click.version_option(package_name="kaohe", message="kaohe %(version)s", help="显示版本。")
@click.pass_context
def app(
    ctx: click.Context,
    database: str,
    actor: str | None,
    rulebooks: Path | None,
    keys: Path | None,
    evidence_dir: Path | None,
    debug: bool,
) -> None:
    """政务信息考核：每一步都是不可改的事件，任何一天的得分都能重算、说清来由。"""
    acting = _checked(actor) or _user()
    ctx.obj = Settings(database, acting, rulebooks, debug, keys, evidence_dir)


def _checked(actor: str | None) -> str | None:
    """Return the name given with ``--actor``, if it is one that can be read in a log for ever."""
    if actor is None or not actor.strip():
        return None
    from domain.events.fields import check_name

    try:
        return check_name(actor)
    except ValueError as error:
        message = f"--actor {actor!a} {error}"
        raise Refused(message, fix="请写操作人的姓名。") from None


def _user() -> str:
    import getpass

    from domain.events.fields import check_name

    try:
        return check_name(getpass.getuser())
    except (OSError, KeyError, ImportError, ValueError):
        return "未具名"


def main() -> None:
    """Run the command line; data goes to stdout as UTF-8, everything else to stderr."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for argument in sys.argv[1:]:
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            click.echo(
                f"错误：参数 {argument!a} 不是文字\n请核对终端的编码，应为 UTF-8。", err=True
            )
            sys.exit(1)
    app(prog_name="kaohe")
