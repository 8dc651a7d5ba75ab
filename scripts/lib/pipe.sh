# Runs a pipe program: reflect or receive. To be sourced by a POSIX shell with $scripts (the directory of the launchers) and $pipe set.
#
# A pipe program is silent, since some mail servers bounce a mail whose program speaks. Only with 69, on which every one bounces, it
# says why, on one line that the bounce then carries. Java is not exec'd: whatever becomes of it that is neither 0 nor 69 (not
# found, no memory, killed) is a 75, so that the mail server tries again instead of bouncing. Until Java runs no process is started,
# as all of this is paid for with each mail.

# With a resident reflector there is no need for Java.
if [ "$pipe" = reflect ] && [ -r "$scripts/lib/handover.sh" ]; then
    . "$scripts/lib/handover.sh"
    hand_over "$@"
fi

lib=$scripts/../lib
[ -d "$lib" ] || lib=$scripts/../target/mailsonar/lib

# Which Java it was built or installed for; only where that one is gone it is looked for.
java_home=
[ -r "$lib/java-home" ] && read -r java_home <"$lib/java-home"
if [ -z "$java_home" ] || [ ! -x "$java_home/bin/java" ]; then
    [ -r "$scripts/lib/java.sh" ] || exit 75
    . "$scripts/lib/java.sh"
    find_java 2>/dev/null || exit 75
fi

[ -r "$scripts/lib/options.sh" ] || exit 75 # a shell that cannot read what it sources ends with a status that bounces
. "$scripts/lib/options.sh"
if [ "$pipe" = receive ]; then
    resident_class_path
    set -- $resident_options -XX:AOTCache="$lib/mailsonar.aot" -cp "$class_path" -Dmailsonar.root="$scripts/.." \
        org.mailsonar.cli.ReceiveMain "$@"
else
    pipe_class_path
    set -- $pipe_options -XX:AOTCache="$lib/email_return.aot" -cp "$class_path" -Dmailsonar.root="$scripts/.." \
        org.mailsonar.cli.PipeMain "$@"
fi

said=$("$java_home/bin/java" "$@" 2>/dev/null)
case $? in
    0) exit 0 ;;
    69) ;;
    *) exit 75 ;;
esac

# Above the cause may stand warnings of Java's own. The cause begins with a status code of RFC 3463, which Postfix reads.
cause=${said##*"
"}
case $cause in
    5.*) printf '%s\n' "$cause" ;;
esac
exit 69
