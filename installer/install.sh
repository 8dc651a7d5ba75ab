#!/bin/sh
# Installs Mailsonar for all users of this machine: sudo installer/install.sh [--spool DIRECTORY --user NAME] [PREFIX], /opt/mailsonar
# when no PREFIX is given.
#
# Builds the checkout when that is needed, copies what runs to PREFIX, readable by everybody (mail users have to start it), and makes
# the start-up cache there. With --spool it makes a spool for a reflector that runs as user NAME (see scripts/make-spool). Run it again
# to upgrade; configuration files are never touched. To uninstall, remove PREFIX.
set -eu
umask 022

prefix='' spool='' user=''
while [ $# -gt 0 ]; do
    case $1 in
        --spool | --user)
            if [ -z "${2-}" ]; then
                echo "install.sh: $1 lacks its value" >&2
                exit 64
            fi
            if [ "$1" = --spool ]; then spool=$2; else user=$2; fi
            shift
            ;;
        -* | '') break ;;
        *)
            [ -z "$prefix" ] || break
            prefix=$1
            ;;
    esac
    shift
done
if [ $# -gt 0 ]; then
    echo "install.sh: '$1' is not understood; usage: install.sh [--spool DIRECTORY --user NAME] [PREFIX]" >&2
    exit 64
fi
prefix=${prefix:-/opt/mailsonar}
case $prefix in
    /*) ;;
    *)
        echo "install.sh: PREFIX must be an absolute path, not '$prefix'" >&2
        exit 64
        ;;
esac
if [ -n "$spool" ] && [ -z "$user" ]; then
    echo "install.sh: --spool needs --user NAME, the user that 'mailsonar reflector' runs as" >&2
    exit 64
elif [ -n "$user" ] && [ -z "$spool" ]; then
    echo "install.sh: --user is the reader of a spool; add --spool DIRECTORY" >&2
    exit 64
fi

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib/java.sh"
find_java || exit 3
built=$root/target/mailsonar/lib
if [ ! -e "$built/java-home" ] ||
    [ -n "$(find "$root/src/main" "$root/pom.xml" -newer "$built/java-home" -print -quit)" ]; then
    "$root/scripts/build"
fi

if ! mkdir -p "$prefix/scripts/lib" 2>/dev/null || [ ! -w "$prefix" ]; then
    echo "install.sh: cannot write to $prefix; run it as root, or name another PREFIX" >&2
    exit 3
fi

# Beside the old jars, then in their place: a mail that arrives meanwhile finds the old ones or the new ones, never half of both.
rm -rf "$prefix/lib.new" "$prefix/lib.old"
mkdir "$prefix/lib.new"
cp "$built"/*.jar "$prefix/lib.new/"
if [ -d "$prefix/lib" ]; then
    mv "$prefix/lib" "$prefix/lib.old"
fi
mv "$prefix/lib.new" "$prefix/lib"
rm -rf "$prefix/lib.old"

for script in mailsonar email_return make-spool lib/ask-resident lib/handover.sh lib/java.sh lib/options.sh lib/pipe.sh lib/resident.sh \
    lib/start-cache; do
    cp "$root/scripts/$script" "$prefix/scripts/$script.new"
    chmod 755 "$prefix/scripts/$script.new"
    mv "$prefix/scripts/$script.new" "$prefix/scripts/$script"
done
mkdir -p "$prefix/conf"
for example in "$root"/conf/*.yaml; do
    [ -e "$example" ] || continue
    cp "$example" "$prefix/conf/$(basename "$example").example"
done
mkdir -p "$prefix/share"
for service in mailsonar-reflector.service mailsonar-check.service; do
    sed "s|/opt/mailsonar|$prefix|" "$root/installer/$service" >"$prefix/share/$service"
done
cp "$root/LICENSE" "$root/README.md" "$prefix/"

JAVA_HOME=$java_home "$prefix/scripts/lib/start-cache" "$prefix/lib"
chmod -R a+rX "$prefix"
if [ -n "$spool" ]; then
    "$prefix/scripts/make-spool" "$spool" "$user"
    echo "Made $spool for $user: write 'spool: $spool' into reflector.yaml"
fi
echo "Installed in $prefix for $java_home: $prefix/scripts/mailsonar --help"
