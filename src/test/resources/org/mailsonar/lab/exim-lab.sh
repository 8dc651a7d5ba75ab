# Runs as the first process of new mount and process namespaces: sh exim-lab.sh DIRECTORY keep|remove
#
# Debian's Exim looks for its configuration below /var/lib and for accounts below /etc: this namespace sees the lab's own.
set -eu
lab=$1

ulimit -n 4096
mount --bind "$lab/passwd" /etc/passwd
mount --bind "$lab/group" /etc/group
mount --bind "$lab/lib" /var/lib
chown Debian-exim "$lab/spool" "$lab/log"

# The daemon would keep the pipe that the lab waits on.
"$lab/exim" -bd -q1s >"$lab/start.log" 2>&1 </dev/null
echo ready
read -r end || :

kill -KILL -1
cd /
if [ "$2" = remove ]; then
    rm -rf "${lab:?}" 2>/dev/null || rm -rf "${lab:?}"
fi
