#!/usr/bin/env bash
# Runs the tests that need a real OpenZFS (test/openzfs/*.test.ts), each file as
# a plain node process in a lab of its own: `lab` says where that is and builds
# it if it is missing.
#
#   run.sh [PATTERN...]     only the files whose names contain a PATTERN
#
# Each file's TAP goes to tmp/openzfs/<name>.tap; what failed is printed.  The
# last line counts the TAP lines of all files, those of tests within tests too; a
# file that crashes counts as one that failed.  Exit code 1 when anything failed.
#
# ZFSYNC_OPENZFS_JOBS   how many files at once  (default: one for each CPU)
set -euo pipefail
cd "$(dirname "$0")/../.."

LAB=test/openzfs/lab
LOGS=tmp/openzfs
JOBS=${ZFSYNC_OPENZFS_JOBS:-$(nproc)}

# One test file in the lab.  Prints `passed failed` to <log>.count
run_one() {
  local file=$1 log=$LOGS/$2.tap rc=0 passed failed started=$SECONDS
  "$LAB" run -t 3000 -- node --enable-source-maps "$file" >"$log" 2>"$log.stderr" || rc=$?
  passed=$(grep -c '^ *ok ' "$log" || true)
  failed=$(grep -c '^ *not ok ' "$log" || true)
  if [ "$rc" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  echo "$passed $failed" >"$log.count"
  printf '%s: %d passed, %d failed, exit code %d, %d s (%s)\n' "$2" "$passed" "$failed" "$rc" $((SECONDS - started)) "$log"
  if [ "$failed" != 0 ]; then
    grep -A 12 -E '^ *not ok ' "$log" | head -n 200 || true
    tail -n 20 "$log.stderr"
  fi
}

node_modules/.bin/tsc -b
[ "$("$LAB" which)" != none ] || "$LAB" build
printf 'on OpenZFS of: %s\n' "$("$LAB" which)"

rm -rf "$LOGS"
mkdir -p "$LOGS"
# The longest first, so that none of them runs alone at the end.
for name in crash restart conformance streams $(ls test/openzfs | sed -n 's/\.test\.ts$//p' | grep -vxE 'crash|restart|conformance|streams'); do
  if [ $# -gt 0 ]; then
    chosen=
    for pattern in "$@"; do case $name in *"$pattern"*) chosen=1 ;; esac done
    [ -n "$chosen" ] || continue
  fi
  while [ "$(jobs -rp | wc -l)" -ge "$JOBS" ]; do wait -n; done
  run_one "test/dist/openzfs/$name.test.js" "$name" &
done
wait
if ! compgen -G "$LOGS/*.count" >/dev/null; then
  echo "no test file matches: $*" >&2
  exit 2
fi

awk '{ passed += $1; failed += $2 } END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }' \
  "$LOGS"/*.count
