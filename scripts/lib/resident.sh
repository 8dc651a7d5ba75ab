# shellcheck shell=sh
# Hands a check over to a resident checker, mailsonar check --resident, if one of this user's is there. To be sourced by a
# POSIX shell with $self, the path of the launcher; then call ask_resident with the words behind "check".
#
# It returns where there is none. What comes after that is ask-resident's, which begins the launcher anew where the resident does not answer
# at once and in full, with MAILSONAR_RESIDENT=none. No process is started here, as this is paid for with each check.

# Sets resident to the first directory with a resident's socket of this user's.
find_resident() {
    if [ -n "${MAILSONAR_RESIDENT-}" ]; then
        set -- "$MAILSONAR_RESIDENT"
    else
        set -- "${XDG_RUNTIME_DIR-}/mailsonar" /run/mailsonar-check "${HOME-}/.cache/mailsonar"
    fi
    for resident; do
        case $resident in
            /mailsonar | /.cache/mailsonar) ;; # of nobody's
            /*) [ -S "$resident/check" ] && [ -O "$resident/check" ] && return 0 ;;
        esac 2>/dev/null
    done
    return 1
}

ask_resident() {
    case $self in */*) ;; *) return 0 ;; esac
    for word; do
        [ "$word" != --resident ] || return 0
    done
    # Java is told things there that the resident was not.
    [ -z "${MAILSONAR_JAVA_OPTIONS-}${JAVA_TOOL_OPTIONS-}${JDK_JAVA_OPTIONS-}${_JAVA_OPTIONS-}" ] || return 0
    find_resident || return 0
    resident_jar=${self%/*}/../lib/mailsonar.jar
    [ -e "$resident_jar" ] || resident_jar=${self%/*}/../target/mailsonar/lib/mailsonar.jar
    [ -r "${self%/*}/lib/ask-resident" ] && command -v perl >/dev/null || return 0
    PERL_BADLANG=0 exec perl "${self%/*}/lib/ask-resident" "$resident" "$self" "$resident_jar" "$@"
}
