# Runs as the first process of new mount and process namespaces: sh ftp-lab.sh DIRECTORY keep|remove
#
# Accounts, their passwords and how those are checked are the lab's own in here. Says "ready" when vsftpd was started and waits until
# its standard input ends. When this process ends, however that happens, the kernel ends every other one in here.
set -eu
lab=$1

mount --bind "$lab/passwd" /etc/passwd
mount --bind "$lab/shadow" /etc/shadow
mount --bind "$lab/pam" /etc/pam.d/vsftpd
/usr/sbin/vsftpd "$lab/vsftpd.conf" >"$lab/start.log" 2>&1 </dev/null &
echo ready
read -r end || :

kill -KILL -1
cd /
umount /etc/passwd /etc/shadow /etc/pam.d/vsftpd
if [ "$2" = remove ]; then
    # A process that is just dying may still have created a file: then once more.
    rm -rf "${lab:?}" 2>/dev/null || rm -rf "${lab:?}"
fi
