#!/usr/bin/env bash
# Runs the commands of a transcript and prints it anew with what they say.
#
#   replay.sh TRANSCRIPT [DIRECTORY]
#
# DIRECTORY holds the zfs and zpool to use; without it, those of the system.  A
# transcript's lines are `$ command`, then what it printed: `| ` stdout, `! `
# stderr (a usage without its table of properties), `= ` an exit code but 0.
# Commands run in a directory of their own, $W, with two pools $A and $B that are
# mounted below $M.
set -u
transcript=$(realpath "$1")
W=$(mktemp -d)
cd "$W" || exit 1
A=zfsync_${RANDOM}a B=zfsync_${RANDOM}b M=$W/mnt
if [ $# -gt 1 ]; then
  PATH=$2:$PATH
  export ZFSYNC_SIM_ROOT=$W
fi

put() { mkdir -p "$(dirname "$M/$1/$2")" && head -c "$3" /dev/urandom >"$M/$1/$2" && sync "$M/$1"; }
show() { (cd "$M/$1" && find . -type f | sort); }
token() { zfs get -H -o value receive_resume_token "$1"; }
flip() {
  cp "$1" flipped
  printf '\377\377\377\377' | dd of=flipped bs=1 seek="$2" conv=notrunc 2>/dev/null
  cat flipped
}
# half STREAM DATASET: a receive in the background gets 2,000,000 bytes; then
# `rest STREAM` gives it what is left, or `give_up` nothing more.
half() {
  rm -f pipe && mkfifo pipe
  (zfs receive -u "$2" <pipe >receive.out 2>&1; echo "rc $?" >>receive.out) &
  exec 9>pipe
  head -c 2000000 "$1" >&9
  sleep 1
}
rest() { tail -c +2000001 "$1" >&9; give_up; }
give_up() { exec 9>&-; wait; cat receive.out; }
# sending SNAPSHOT: a send in the background that nobody reads until `sent`.
sending() {
  rm -f pipe && mkfifo pipe
  (zfs send "$1" >pipe 2>send.out; echo "rc $?" >>send.out) &
  exec 8<pipe
  sleep 1
}
sent() { cat <&8 >/dev/null; exec 8<&-; wait; cat send.out; }

say() {
  sed 's/^/| /' stdout
  awk '/The following properties are supported/ { exit } { print "! " $0 }' stderr
  [ "$1" = 0 ] || echo "= $1"
}

truncate -s 1G disk_a disk_b
zpool create -O atime=off -O mountpoint="$M/$A" "$A" "$W/disk_a" || exit 1
zpool create -O atime=off -O mountpoint="$M/$B" "$B" "$W/disk_b" || exit 1
while IFS= read -r line; do
  case $line in
    '$ '*)
      printf '%s\n' "$line"
      eval "${line#\$ }" >stdout 2>stderr </dev/null
      say $?
      ;;
    '#'*) printf '%s\n' "$line" ;;
  esac
done <"$transcript" >transcript
sed -E "s#$W#\$W#g; s#$A#\$A#g; s#$B#\$B#g" transcript
zpool destroy "$A"
zpool destroy "$B"
cd / && rm -rf "$W"
