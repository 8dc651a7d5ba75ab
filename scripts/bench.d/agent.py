#!/usr/bin/python3
"""A return agent as people write one: agent.py HOST:PORT RETURN_ADDRESS < message

Stamps the subject with the time and sends the message to a fixed address. Nothing is verified, nothing is tuned.
"""
import email
import smtplib
import sys
from datetime import datetime, timezone

server, to = sys.argv[1:3]
message = email.message_from_binary_file(sys.stdin.buffer)
now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
subject = message["Subject"] or ""
del message["Subject"]
message["Subject"] = f"{subject} [received {now}]"

try:
    with smtplib.SMTP(server, local_hostname="company.test") as smtp:
        smtp.send_message(message, "webscout@company.test", [to])
except (OSError, smtplib.SMTPException):
    sys.exit(75)
