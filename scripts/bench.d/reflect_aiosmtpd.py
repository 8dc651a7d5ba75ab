#!/usr/bin/python3
"""A resident reflector on aiosmtpd: reflect_aiosmtpd.py PORT RELAY_HOST:PORT RETURN_ADDRESS kept|each

Stamps the subject with the time and relays each message to a fixed address before it answers 250. The relaying is done by
eight threads; each keeps one connection ("kept"), or opens one for every message ("each"). Nothing is verified.
"""
import asyncio
import smtplib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from aiosmtpd.smtp import SMTP

SENDER = "webscout@company.test"


class Relay:
    """The way out; called on the worker threads."""

    def __init__(self, server, recipient, kept):
        self.server = server
        self.recipient = recipient
        self.kept = kept
        self.local = threading.local()

    def connect(self):
        return smtplib.SMTP(self.server, local_hostname="company.test")

    def send(self, content):
        if not self.kept:
            with self.connect() as connection:
                connection.sendmail(SENDER, [self.recipient], content)
            return
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = self.local.connection = self.connect()
        try:
            connection.sendmail(SENDER, [self.recipient], content)
        except (OSError, smtplib.SMTPException):
            self.local.connection = None
            raise


def stamped(content):
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    lines = content.split(b"\r\n")
    for number, line in enumerate(lines):
        if not line:
            break
        if line[:8].lower() == b"subject:":
            lines[number] = line + f" [received {now}]".encode()
            break
    return b"\r\n".join(lines)


class Reflector:
    """What aiosmtpd calls for each message."""

    def __init__(self, relay):
        self.relay = relay
        self.workers = ThreadPoolExecutor(max_workers=8)

    async def handle_DATA(self, server, session, envelope):
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self.workers, self.relay.send, stamped(envelope.content))
        except (OSError, smtplib.SMTPException):
            return "451 4.4.0 try again"
        return "250 2.0.0 returned"


async def main():
    port, server, recipient, way = sys.argv[1:5]
    reflector = Reflector(Relay(server, recipient, way == "kept"))
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(
        lambda: SMTP(reflector, hostname="company.test", loop=loop), "127.0.0.1", int(port), backlog=400)
    async with listener:
        await listener.serve_forever()


asyncio.run(main())
