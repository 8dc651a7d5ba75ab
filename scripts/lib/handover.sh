# Hands the message on standard input over to a resident reflector, through its spool directory, without starting Java: see
# src/adr/0007. To be sourced by a POSIX shell with $scripts set; then call hand_over with the program's arguments.
#
# hand_over ends the program with 0 when the message is the spool's, and with 75 when it began to and could not. It returns where there
# is nobody to hand over to, or where anything is not as simple as it has to be; then nothing has changed, and standard input is at
# the beginning of the message. It speaks never. Every process here takes a millisecond, so there are three.

plain=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ # a range would mean what the locale makes of it

# Sets configuration to the file that Java would read (ConfigFiles). Fails where arguments say more than that.
handover_configuration() {
    if [ $# -eq 0 ]; then
        # Whose home it is, Java asks the system. Mail servers set HOME to the same; where it is not set, nothing is guessed.
        case ${HOME-} in /*) ;; *) return 1 ;; esac
        for configuration in "$HOME/.mailsonar/reflector.yaml" /etc/mailsonar/reflector.yaml "$scripts/../conf/reflector.yaml"; do
            [ ! -e "$configuration" ] || return 0
        done
        return 1
    fi
    while [ $# -gt 0 ]; do
        case $1 in
            --config)
                [ $# -gt 1 ] || return 1
                shift
                configuration=$1
                ;;
            --config=*) configuration=${1#--config=} ;;
            *) return 1 ;;
        esac
        shift
    done
}

# Sets spool from the configuration's line "spool: /a/path", which may end with a comment. Fails where there is none, or an odd one.
handover_spool() {
    [ -f "$configuration" ] && [ -r "$configuration" ] || return 1
    spool=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            "spool: "*)
                line=${line#spool: }
                spool=${line%% *}
                break
                ;;
        esac
    done <"$configuration"
    rest=${line#"$spool"}
    rest=${rest#"${rest%%[! ]*}"}
    case $rest in '' | "#"*) ;; *) return 1 ;; esac
    case $spool in */..*) return 1 ;; *[!"$plain"/._-]*) return 1 ;; /?*) return 0 ;; esac
    return 1
}

# Sets envelope to the lines that tell the spool's reader what the mail server told this program. Fails where it told nothing, or
# something other than plain characters: it comes from strangers, and must not write a line of its own.
handover_envelope() {
    [ -n "${SENDER+told}" ] || return 1
    recipient=
    for address in "$SENDER" "${ORIGINAL_RECIPIENT-}" "${RECIPIENT-}"; do
        case $address in *[!"$plain"@._+=/-]*) return 1 ;; esac
        [ ${#address} -le 320 ] || return 1
    done
    for address in "${RECIPIENT-}" "${ORIGINAL_RECIPIENT-}"; do
        case $address in ?*@?*) recipient=$address ;; esac
    done
    envelope="X-Sender: <$SENDER>${recipient:+
X-Receiver: <$recipient>}"
}

# Sets name to one that no other file has, and mask to the umask: without a process, so on Linux alone.
handover_name() {
    name='' mask=''
    { read -r name </proc/sys/kernel/random/uuid; } 2>/dev/null
    { read -r _ && read -r _ mask; } 2>/dev/null </proc/self/status
    case $mask in [0-7][0-7][0-7][0-7]) ;; *) return 1 ;; esac
    [ ${#name} -eq 36 ]
}

hand_over() {
    handover_configuration "$@" && handover_spool && [ -e "$spool/alive" ] && handover_envelope && handover_name || return 0

    draft=$spool/tmp/$name begun=''
    trap '[ -z "$begun" ] || rm -f "$draft"' EXIT
    trap 'exit 75' HUP INT TERM
    umask 027 # the reflector may be of this file's group, if it is another user
    set -C    # never into a file that is there
    {
        begun=yes
        printf '%s\n' "$envelope" && dd bs=64k conv=fsync status=none
    } 2>/dev/null >"$draft"
    written=$?
    set +C
    umask "$mask"
    if [ -z "$begun" ]; then
        trap - EXIT HUP INT TERM # nothing was read yet
        return 0
    fi
    [ $written -eq 0 ] || exit 75

    if [ "$spool/alive" -nt "$draft" ]; then
        trap '' HUP INT TERM # what is left is short, and then the message is the spool's
        mv "$draft" "$spool/new/$name" 2>/dev/null || exit 75
        trap - EXIT
        sync "$spool/new" 2>/dev/null || exit 75
        exit 0
    fi

    # The lease has run out: nobody may be there to take it. Java reads what was read, and "command" keeps a failure from ending the
    # shell with a status that bounces.
    command exec 2>/dev/null <"$draft" || exit 75
    rm -f "$draft"
    trap - EXIT HUP INT TERM
    read -r line
    [ -z "$recipient" ] || read -r line
}
