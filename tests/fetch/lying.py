"""A server that answers each path with its own kind of trouble."""

from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler

ZEROS = bytes(50 * 2**20)


class Lying(BaseHTTPRequestHandler):
    """Answers each path with its own kind of trouble."""

    protocol_version = "HTTP/1.1"
    hits: list[str] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        trouble = self.path.strip("/").partition("?")[0]
        getattr(self, f"_{trouble.replace('-', '_')}")()

    def _say(self, body: bytes = b"", status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _fine(self) -> None:
        self._say(gzip.compress(b"words"), Content_Encoding="gzip", ETag='"1"')

    def _moved(self) -> None:
        self._say(status=301, Location="/fine")

    def _to_private(self) -> None:
        self._say(status=302, Location="http://169.254.169.254/latest/")

    def _to_file(self) -> None:
        self._say(status=302, Location="file:///etc/hostname")

    def _endless(self) -> None:
        self._say(status=302, Location="/endless")

    def _bomb(self) -> None:
        self._say(gzip.compress(ZEROS), Content_Encoding="gzip")

    def _twice(self) -> None:
        self._say(gzip.compress(gzip.compress(ZEROS)), Content_Encoding="gzip, gzip")

    def _twice_and_away(self) -> None:
        self._say(gzip.compress(gzip.compress(ZEROS)), 302, Content_Encoding="gzip, gzip", Location="/fine")

    def _huge(self) -> None:
        self._say(b"x", length=100 * 2**20)

    def _huge_unsaid(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(bytes(2**20))

    def _short(self) -> None:
        self._say(b"half", length=1000)
        self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(8):
            self.wfile.write(b".")
            time.sleep(1)

    def _no_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        self.close_connection = True

    def log_message(self, *args: object) -> None: ...

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True
