"""An SMTP server that speaks TLS, with a certificate of an authority of its own; for the processor time of a check over TLS.

Usage: tls_sink.py DIRECTORY SMTP_PORT SMTPS_PORT. The authority's certificate is DIRECTORY/ca.pem, made where there is none.
"""
import os
import ssl
import subprocess
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Sink:
    async def handle_DATA(self, *_):
        return "250 taken"


def certificates(directory):
    """An authority and a server of the usual kind: RSA keys of 2048 bits."""
    ca, key = f"{directory}/ca.pem", f"{directory}/ca.key"
    own = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "60"]
    quiet = {"check": True, "stderr": subprocess.DEVNULL}
    subprocess.run([*own, "-keyout", key, "-out", ca, "-subj", "/CN=authority"], **quiet)
    subprocess.run([*own, "-keyout", f"{directory}/server.key", "-out", f"{directory}/server.pem", "-subj", "/CN=server", "-CA", ca,
                    "-CAkey", key, "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=CA:false"], **quiet)


def main(directory, smtp_port, smtps_port):
    if not os.path.exists(f"{directory}/ca.pem"):
        certificates(directory)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{directory}/server.pem", f"{directory}/server.key")
    StartTls(Sink(), context, int(smtp_port)).start()
    Controller(Sink(), hostname="127.0.0.1", port=int(smtps_port), ssl_context=context).start()
    threading.Event().wait()


class StartTls(Controller):
    """One that offers STARTTLS."""

    def __init__(self, handler, context, port):
        self.starttls = context
        super().__init__(handler, hostname="127.0.0.1", port=port)

    def factory(self):
        return SMTP(self.handler, tls_context=self.starttls, hostname="sink.test")


if __name__ == "__main__":
    main(*sys.argv[1:])
