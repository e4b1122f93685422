#!/bin/sh
# The figures of the README: start, answer to a POST, memory. On loopback, on a port of its own, with a folder of its own.
#   bench/figures.sh PICTURE.jpg
set -eu
picture=${1:?name a picture: bench/figures.sh PICTURE.jpg}
root=$(cd "$(dirname "$0")/.." && pwd)
port=${PORT:-8765}
data=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT

now() { date +%s%N; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

start() {
  began=$(now)
  "$root/porchlight" run --port "$port" --data "$data" >"$data/log" 2>&1 &
  server=$!
  until curl -fs "http://127.0.0.1:$port/api/system/health" >/dev/null 2>&1; do
    kill -0 "$server" || { cat "$data/log"; exit 1; }
    sleep 0.05
  done
  echo $((($(now) - began) / 1000000)) >>"$data/starts"
}

"$root/porchlight" help >/dev/null
for _ in 1 2 3 4 5; do
  start
  kill "$server"
  wait "$server" || true
done
start
for _ in $(seq 120); do
  curl -fs -o /dev/null -w '%{time_total}\n' --data-binary "@$picture" \
    "http://127.0.0.1:$port/api/cameras/bench/frames?wait=true"
done | awk 'NR > 20 { print $1 * 1000 }' >"$data/answers"

echo "start to first answer, ms, median of 6:                 $(median <"$data/starts")"
echo "POST ?wait=true to its answer, ms, median of 100:       $(median <"$data/answers")"
echo "resident memory after 120 pictures, MB:                 $(($(awk '/VmRSS/ { print $2 }' "/proc/$server/status") / 1024))"
