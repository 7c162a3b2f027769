"""The guard that keeps tests on this machine."""

from __future__ import annotations

import socket

import pytest


def test_it_refuses_a_connection_that_leaves_the_machine() -> None:
    with pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_it_allows_a_connection_on_the_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
