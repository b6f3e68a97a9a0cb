"""What tests share: fresh databases, on SQLite and on a PostgreSQL server of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from tests.browser import browser_program, running_browser
from tests.libreoffice import LibreOffice, program
from tests.postgres import PostgresServer, running_server, server_binaries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for the session (with xdist: for each worker), started when the first test asks."""
    binaries = server_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on PATH or in /usr/lib/postgresql/*/bin")
    with running_server(binaries) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; the test runs once on each kind."""
    if request.param == "postgresql":
        return cast("str", request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'kaohe.db'}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser for the session, started when the first test asks."""
    program = browser_program()
    if program is None:
        pytest.skip("no Chromium on PATH")
    with running_browser(program) as running:
        yield running


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice with a profile for the session (with xdist: for each worker)."""
    found = program()
    if found is None:
        pytest.skip("LibreOffice (soffice) is not on PATH: nothing here can compute a workbook")
    return LibreOffice(found, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session", autouse=True)
def _keys_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test leaves a key among the application data of whoever runs it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KAOHE_KEYS", str(tmp_path_factory.mktemp("keys")))
        yield
