#!/usr/bin/env bash
# Records which methods a cold start runs, so that the native compiler lays them side by side.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/servers.sh"

ORDER="$ROOT/src/AotRecTrainer.Function/startup.order"

usage() {
    cat <<'TEXT'
Usage: scripts/record-start.sh

Trains twice behind the local Lambda, in a directory and against an S3 server over TLS, with the worker under an emulator that
writes down what it runs: a run has one coordinator, and many workers that start cold. src/AotRecTrainer.Function/startup.order
then has the methods in the order in which they first ran. The next publish takes it; a method that is no longer there is
skipped, so that an old record does no harm.
TEXT
}

case "${1:-}" in
    "") ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac
[ "$HOST_RUNTIME" = linux-x64 ] || fail "the methods are recorded on linux-x64, this is $HOST_RUNTIME"

BACKGROUND=()
WORK="$(mktemp -d "${TMPDIR:-/tmp}/aotrec-start.XXXXXX")"
clean_up() {
    if [ ${#BACKGROUND[@]} -gt 0 ]; then
        kill "${BACKGROUND[@]}" 2>/dev/null || true
        wait "${BACKGROUND[@]}" 2>/dev/null || true
    fi
    rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# train NAME LOCATION: a short training whose worker leaves NAME.trace.
train() {
    local name="$1" location="$2" port server
    port="$(free_port)"
    printf '#!/bin/sh\nexec qemu-x86_64 -cpu max -d in_asm,page -D "%s" "%s"\n' "$WORK/$name.trace" "$BIN/bootstrap" >"$WORK/$name"
    chmod +x "$WORK/$name"
    cat >"$WORK/functions.json" <<JSON
{ "port": $port, "freeze": false, "limitResources": false, "initTimeout": 60, "functions": [
  { "name": "coordinator", "executable": "$BIN/bootstrap", "memoryMegabytes": 1769, "timeout": 300 },
  { "name": "worker", "executable": "$WORK/$name", "memoryMegabytes": 1769, "timeout": 300 } ] }
JSON
    "$BIN/aotrec" local --config "$WORK/functions.json" >"$WORK/lambda.log" 2>&1 &
    server=$!
    BACKGROUND+=("$server")
    await_port "$port" "$WORK/lambda.log"
    "$BIN/data-prep" shard --input "$WORK/ratings.csv" --output "$location/data" --shards 1 >/dev/null 2>&1
    "$BIN/aotrec" train --dataset "$location/data" --output "$location/runs" --run start --epochs 2 --workers 1 \
        --endpoint "http://127.0.0.1:$port" --function coordinator --worker-function worker >"$WORK/train.log" 2>&1 ||
        { tail -n 5 "$WORK/train.log" "$WORK/lambda.log" >&2; fail "the training in $location failed"; }
    kill "$server"
    wait "$server" 2>/dev/null || true
}

# methods_of TRACE...: names of the program's managed methods by their first run. What is emulated is printed once, block by block.
methods_of() {
    nm --defined-only --print-size "$BIN/bootstrap.dbg" | python3 "$ROOT/scripts/lib/methods.py" "$@"
}

install_packages qemu-user
publish_programs
"$BIN/data-prep" synth --users 2000 --items 3000 --ratings 83000 --seed 7 --output "$WORK/ratings.csv" >/dev/null 2>&1
say "training under the emulator"
train directory "file://$WORK"
start_s3 start https
train s3 s3://start
{
    printf '# Methods of a cold start in the order in which they first run. Written by scripts/record-start.sh.\n'
    methods_of "$WORK/directory.trace" "$WORK/s3.trace"
} >"$WORK/order"
mv "$WORK/order" "$ORDER"
say "$ORDER: $(($(wc -l <"$ORDER") - 1)) methods"
