# Holds one PostgreSQL: sh postgres-lab.sh DIRECTORY COMMAND...
#
# Obeys one order a line and answers "done" to each: "start" runs the command, "stop" ends it as an administrator does, "wait"
# returns when it has ended by other means. When its standard input ends, because the lab is closed or because Java died in
# whatever way, it ends the server and removes the directory.
set -eu
lab=$1
shift
server=

# What the shell itself says of a killed server is no answer.
exec 2>>"$lab/log"
cd /
while read -r order; do
    case $order in
        start) "$@" >>"$lab/log" 2>&1 </dev/null & server=$! ;;
        stop) kill -INT "$server" && wait "$server" || : ;;
        wait) wait "$server" || : ;;
    esac
    echo done
done

kill -QUIT "$server" 2>/dev/null && wait "$server" || :
rm -rf "${lab:?}" 2>/dev/null || rm -rf "${lab:?}"
