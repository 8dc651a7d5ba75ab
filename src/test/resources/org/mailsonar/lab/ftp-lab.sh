# Runs as the first process of new mount and process namespaces: sh ftp-lab.sh DIRECTORY
#
# Accounts, their passwords and how those are checked are the lab's own in here.
set -eu
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/shadow" /etc/shadow
mount --bind "$1/pam" /etc/pam.d/vsftpd
exec /usr/sbin/vsftpd "$1/vsftpd.conf"
