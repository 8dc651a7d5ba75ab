# Runs as the first process of new mount and process namespaces: sh dovecot-lab.sh DIRECTORY keep|remove
#
# Starts Dovecot on the lab's own configuration, says "ready" and waits until its standard input ends. When this process ends,
# however that happens, the kernel ends every other one in here.
set -eu
lab=$1

# Java raises its limit to the maximum.
ulimit -n 4096

# It keeps its standard error open for good.
dovecot -c "$lab/dovecot.conf" >"$lab/start.log" 2>&1 </dev/null || { cat "$lab/start.log"; exit 1; }
echo ready
read -r end || :

kill -KILL -1
cd /
if [ "$2" = remove ]; then
    # A process that is just dying may still have created a file: then once more.
    rm -rf "${lab:?}" 2>/dev/null || rm -rf "${lab:?}"
fi
