# Runs as the first process of new mount and process namespaces: sh sendmail-lab.sh DIRECTORY keep|remove
#
# Gives the lab's host name an address, says "ready" and waits until its standard input ends. When this process ends, however that happens,
# the kernel ends every other one in here. There is no daemon: what is submitted waits in the queue until somebody runs it.
set -eu
lab=$1

mount --bind "$lab/hosts" /etc/hosts
mkdir -m 700 "$lab/queue" "$lab/queue/mqueue" "$lab/queue/bulk1" "$lab/queue/bulk2"
mkdir "$lab/bin"
# A host name without a dot costs sendmail a minute each time, so it gets a name of its own.
cat >"$lab/bin/sendmail" <<PROGRAM
#!/bin/sh
exec unshare --uts sh -c 'hostname lab.test && exec "\$@"' sh /var/cache/mailsonar-test/sendmail/usr/libexec/sendmail/sendmail \
    -C "$lab/sendmail.cf" "\$@"
PROGRAM
cat >"$lab/bin/mailq" <<PROGRAM
#!/bin/sh
exec "$lab/bin/sendmail" -bp "\$@"
PROGRAM
chmod 755 "$lab/bin/sendmail" "$lab/bin/mailq"
echo ready
read -r end || :

kill -KILL -1
cd /
umount /etc/hosts
if [ "$2" = remove ]; then
    # A process that is just dying may still have created a file: then once more.
    rm -rf "${lab:?}" 2>/dev/null || rm -rf "${lab:?}"
fi
