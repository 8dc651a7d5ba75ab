# Finds Java 25 or newer. To be sourced by a POSIX shell; then call find_java, which sets java_home.
#
# The pipe launcher calls it for every message, so in the good case it starts no process: a JDK's "release" file says which
# version it is. Order: MAILSONAR_JAVA_HOME, JAVA_HOME, /usr/lib/jvm, the java on the PATH.

required_java=25

# True when this directory holds a Java that is new enough.
is_java_home() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    java_version=
    while IFS= read -r release_line || [ -n "$release_line" ]; do
        case $release_line in
            JAVA_VERSION=*)
                java_version=${release_line#JAVA_VERSION=}
                java_version=${java_version#\"}
                java_version=${java_version%%[!0-9]*}
                break
                ;;
        esac
    done <"$1/release"
    [ "${java_version:-0}" -ge "$required_java" ]
}

# Sets java_home, or says on standard error what to do and returns 1.
find_java() {
    for java_home in "${MAILSONAR_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [ -n "$java_home" ] && is_java_home "$java_home"; then
            return 0
        fi
    done
    java_home=$(command -v java) && java_home=$(readlink -f "$java_home") && java_home=${java_home%/bin/java} &&
        is_java_home "$java_home" && return 0
    java_home=
    echo "Mailsonar needs Java $required_java or newer: install a JDK (for instance from adoptium.net)" \
        "and set MAILSONAR_JAVA_HOME to its directory" >&2
    return 1
}
