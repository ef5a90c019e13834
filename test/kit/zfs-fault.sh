#!/bin/sh
# In the place of zfs (--zfs-command): runs the real one, and at one named point
# sends a signal to the program that called it.  From the environment:
#
#   FAULT_ZFS     the real zfs
#   FAULT_STATE   a directory; nothing happens until it has a file `armed`, and
#                 at the point it gets a file `fired` with the command line
#   FAULT_VERB    of which verb; `estimate` is send -n, `discard` receive -A
#   FAULT_MATCH   a pattern of sh that the command line fits
#   FAULT_COUNT   the how manieth of those, from 1
#   FAULT_WHEN    before | after | amid
#   FAULT_BYTES   amid: behind so many bytes of the stream
#   FAULT_SIGNAL  KILL | STOP | TERM | ...; 0 does nothing
#
# Amid a send nothing more comes while the directory has a file `hold`.
#
# A program that is killed `before` has not begun the command; one that gets any
# other signal has.
set -u

strike() {
  printf '%s\n' "$line" >"$FAULT_STATE/fired"
  kill -"$FAULT_SIGNAL" "$PPID"
}

hold() {
  while [ -e "$FAULT_STATE/hold" ]; do sleep 0.1; done
}

line=$*
verb=${1-}
case "$line" in
  "send -n"*) verb=estimate ;;
  "receive -A"*) verb=discard ;;
esac
when=
if [ "$verb" = "${FAULT_VERB-}" ] && [ -e "$FAULT_STATE/armed" ]; then
  case "$line" in
    ${FAULT_MATCH})
      # mkdir is atomic: commands run side by side.
      n=1
      while ! mkdir "$FAULT_STATE/$n" 2>/dev/null; do n=$((n + 1)); done
      if [ "$n" = "$FAULT_COUNT" ]; then when=$FAULT_WHEN; fi
      ;;
  esac
fi

case $verb/$when in
  */before)
    strike
    if [ "$FAULT_SIGNAL" = KILL ]; then exit 1; fi
    exec "$FAULT_ZFS" "$@"
    ;;
  */after)
    "$FAULT_ZFS" "$@"
    code=$?
    strike
    exit "$code"
    ;;
  send/amid)
    { "$FAULT_ZFS" "$@"; echo $? >"$FAULT_STATE/code"; } | { head -c "$FAULT_BYTES"; strike; hold; cat; }
    exit "$(cat "$FAULT_STATE/code")"
    ;;
  receive/amid)
    { head -c "$FAULT_BYTES"; strike; cat; } | "$FAULT_ZFS" "$@"
    ;;
  *)
    exec "$FAULT_ZFS" "$@"
    ;;
esac
