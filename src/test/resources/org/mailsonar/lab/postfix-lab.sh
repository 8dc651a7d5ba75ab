# Runs as the first process of new mount and process namespaces: sh postfix-lab.sh DIRECTORY keep|remove
#
# Puts the lab's own files over those of the machine, for this namespace only, starts Postfix, says "ready" and waits until
# its standard input ends. When this process ends, however that happens, the kernel ends every other one in here.
set -eu
lab=$1

# Java raises its limit to the maximum, and every Postfix daemon closes each possible descriptor when it starts.
ulimit -n 4096

mount --bind "$lab/etc" /etc/postfix
mount --bind "$lab/passwd" /etc/passwd
mount --bind "$lab/spool" /var/spool/postfix
mount --bind "$lab/state" /var/lib/postfix

cd /var/spool/postfix
owned='active bounce corrupt defer deferred flush hold incoming private saved trace'
shared='maildrop public'
mkdir -p -m 700 $owned $shared pid
chown postfix $owned $shared /var/lib/postfix
chgrp postdrop $shared
chmod 1730 maildrop
chmod 2710 public
chmod 755 pid

"$(postconf -h daemon_directory)/master" -w
echo ready
read -r end || :

# Not "postfix stop": it waits for deliveries, and the lab has to be gone at once.
kill -KILL -1
cd /
if [ "$2" = remove ]; then
    # A process that is just dying may still have created a file: then once more.
    rm -rf "${lab:?}" 2>/dev/null || rm -rf "${lab:?}"
fi
