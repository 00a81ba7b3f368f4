# Whether the image does what the programs do: the same training outside and inside containers. Sourced after build.sh and servers.sh.

ABOVE_BASE_BYTES_MAX=60000000
TRAINING=(--workers 3 --epochs 10 --factors 8 --seed 42)

verify_image() {
    check_image
    start_s3 verify
    LAMBDA_PORT="$(free_port)"
    "$BIN/data-prep" synth --users 2000 --items 1000 --ratings 100000 --seed 7 --output "$WORK/ratings.csv" >/dev/null
    "$BIN/data-prep" shard --input "$WORK/ratings.csv" --output s3://verify/data >/dev/null
    local outside inside
    outside="$(train outside)"
    start_functions
    inside="$(train inside --endpoint "http://127.0.0.1:$LAMBDA_PORT" --function aotrec)"
    local containers
    containers="$(grep -c '^container ' "$WORK/containers" || true)"
    printf 'parametersSha256 outside containers  %s\nparametersSha256 inside  containers  %s (%d containers)\n' "$outside" "$inside" "$containers"
    [ "$outside" = "$inside" ] || fail "the image trains another model than the program"
    [ "$containers" -ge 4 ] || fail "$containers containers ran, expected a coordinator and 3 workers"
}

# The image alone: its size, its user, and that it computes rightly with nothing writable but /tmp.
check_image() {
    local base above user
    base="$(image_bytes "$(base_of_image)")"
    above=$(($(image_bytes "$IMAGE") - base))
    [ "$above" -le "$ABOVE_BASE_BYTES_MAX" ] || fail "$IMAGE has $above bytes above its base, expected at most $ABOVE_BASE_BYTES_MAX"
    user="$(docker image inspect --format '{{.Config.User}}' "$IMAGE")"
    case "$user" in "" | 0 | root) fail "$IMAGE runs as root, expected another user" ;; esac
    printf 'docker run --read-only --tmpfs /tmp, user %s:\n' "$user"
    run_image self-check || fail "self-check in the container failed"
}

base_of_image() { base_image "${RUNTIME_IMAGE:-$(default_base "$ROOT/Dockerfile" RUNTIME_IMAGE)}" runtime_deps; }

# run_image ARGUMENT...: the image as Lambda would run it.
run_image() { docker run --rm --network host --read-only --tmpfs /tmp "$IMAGE" "$@"; }

# train NAME OPTION...: prints the digest of the trained parameters.
train() {
    "$BIN/aotrec" train --dataset s3://verify/data --output s3://verify/runs --run "$1" "${TRAINING[@]}" --json "$WORK/$1.json" "${@:2}" >"$WORK/$1.log" 2>&1 ||
        { tail -n 20 "$WORK/$1.log" "$WORK/lambda.log" >&2; fail "training $1 containers failed"; }
    python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["parametersSha256"])' "$WORK/$1.json"
}

# The stand-in for Lambda, each of whose environments is a container. A stopped 'docker run' would not stop its container.
start_functions() {
    export AOTREC_IMAGE="$IMAGE" AOTREC_LABEL="$$"
    cat >"$WORK/functions.json" <<JSON
{ "port": $LAMBDA_PORT, "freeze": false, "limitResources": false, "shutdownGrace": 2, "initTimeout": 60,
  "functions": [ { "name": "aotrec", "executable": "$ROOT/scripts/lib/image/function.sh", "memoryMegabytes": 1769 } ] }
JSON
    docker events --filter "label=aotrec.function=$AOTREC_LABEL" --filter event=start --format 'container {{.ID}}' >"$WORK/containers" 2>/dev/null &
    BACKGROUND+=($!)
    "$BIN/aotrec" local --config "$WORK/functions.json" >"$WORK/lambda.log" 2>&1 &
    BACKGROUND+=($!)
    await_port "$LAMBDA_PORT" "$WORK/lambda.log"
}
