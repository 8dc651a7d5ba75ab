# Runs as the first process of new mount and process namespaces: sh systemd-lab.sh DIRECTORY keep|remove
#
# Starts a systemd that knows the lab's own units alone, as the first process of further namespaces and in a control group of its own. What
# it could do to the machine is taken from it: it has a network, a /run and a /dev of its own, and the kernel's settings can only be read.
# Says "ready" when its target is reached and waits until its standard input ends. When this process ends, however that happens, the
# kernel ends every other one in here.
set -eu
lab=$1
group=$(basename "$lab")

mount -t tmpfs -o mode=755 none /run
mkdir "$lab/groups" "$lab/dev"
mount -t cgroup2 none "$lab/groups"
mkdir "$lab/groups/$group"
mkfifo "$lab/ready"

cat >"$lab/first.sh" <<'FIRST'
set -eu
lab=$1
mount -t proc none /proc
mount -o bind,ro /proc/sys /proc/sys
mount -o bind,ro /etc /etc
mount -o bind,ro /sys /sys
mount -t cgroup2 none /sys/fs/cgroup
mount -t tmpfs -o mode=755 none "$lab/dev"
for device in null zero full random urandom; do
    touch "$lab/dev/$device"
    mount --bind "/dev/$device" "$lab/dev/$device"
done
mkdir "$lab/dev/pts" "$lab/dev/shm"
touch "$lab/console" "$lab/dev/console"
mount --bind "$lab/console" "$lab/dev/console"
mount --move "$lab/dev" /dev
# A container is not asked to mount, to load or to set what belongs to the machine.
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=lab SYSTEMD_UNIT_PATH="$lab/units" SYSTEMD_GENERATOR_PATH=/none \
    SYSTEMD_ENVIRONMENT_GENERATOR_PATH=/none setpriv --bounding-set=-sys_time,-sys_module,-sys_boot,-sys_tty_config,-syslog \
    /lib/systemd/systemd --system --unit=lab.target --machine-id=00000000000000000000000000000001 --log-target=console \
    --show-status=no --crash-reboot=no
FIRST

(
    exec 3>"$lab/ready"
    echo 0 >"$lab/groups/$group/cgroup.procs"
    exec unshare --cgroup --uts --ipc --net --mount --pid --fork --kill-child sh "$lab/first.sh" "$lab" >"$lab/start.log" 2>&1 </dev/null
) &
read -r said <"$lab/ready" || { cat "$lab/start.log" "$lab/console" || :; exit 1; }
echo "$said"
read -r end || :

kill -KILL -1
cd /
wait
# A process that is just dying still holds its group.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    find "$lab/groups/$group" -depth -type d -exec rmdir {} + 2>/dev/null || :
    [ -d "$lab/groups/$group" ] || break
    sleep 0.1
done
umount -l "$lab/groups"
if [ "$2" = remove ]; then
    # A process that is just dying may still have created a file: then once more.
    rm -rf "${lab:?}" 2>/dev/null || rm -rf "${lab:?}"
fi
