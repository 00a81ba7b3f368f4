# Building the images. Sourced after engine.sh and bases.sh.

IMAGE="${AOTREC_IMAGE:-aotrec:latest}"

# build_image [CODE]: leaves TAG and RUNTIME_BASE. The function's image; as NAME-CODE its twin for the .NET runtime (jit, r2r) or the programs (local).
build_image() {
    local code="${1:-native}" tag="$IMAGE" file="$ROOT/Dockerfile" standin=runtime_deps sdk runtime arguments
    arguments=(VERSION="$(sed -n 's/.*<Version>\(.*\)<.*/\1/p' "$ROOT/Directory.Build.props")"
        REVISION="$(git -C "$ROOT" rev-parse HEAD 2>/dev/null || printf unknown)" CREATED="$(date -u +%Y-%m-%dT%H:%M:%SZ)")
    [ "$code" = native ] || tag="${IMAGE%:*}-$code:${IMAGE##*:}"
    case "$code" in
        jit | r2r) file="$ROOT/docker/Dockerfile.managed" standin=runtime arguments=(CODE="$code") ;;
        local) file="$ROOT/docker/Dockerfile.local" standin=runtime_shell arguments=() ;;
    esac
    sdk="$(base_image "${SDK_IMAGE:-$(default_base "$file" SDK_IMAGE)}" sdk)"
    runtime="$(base_image "${RUNTIME_IMAGE:-$(default_base "$file" RUNTIME_IMAGE)}" "$standin")"
    arguments+=(SDK_IMAGE="$sdk" RUNTIME_IMAGE="$runtime")
    say "building $tag on $runtime"
    docker build --network host --tag "$tag" --file "$file" "${arguments[@]/#/--build-arg=}" "$ROOT" >"$WORK/build.log" 2>&1 ||
        { tail -n 40 "$WORK/build.log" >&2; fail "docker build failed"; }
    report_image "$tag" "$runtime"
    TAG="$tag" RUNTIME_BASE="$runtime"
}

# default_base DOCKERFILE ARGUMENT: the base image that a Dockerfile names.
default_base() { sed -n "s/^ARG $2=//p" "$1"; }

# report_image IMAGE BASE: sizes, and the layers.
report_image() {
    local above=$(($(image_bytes "$1") - $(image_bytes "$2")))
    printf '%s: %d MB, of these %.1f MB above %s\n' "$1" $(($(image_bytes "$1") / 1000000)) "$(megabytes "$above")" "$2"
    docker history --no-trunc --format '{{.Size}}\t{{.CreatedBy}}' "$1" | awk -F'\t' '$1 != "0B" { printf "  %-8s %s\n", $1, substr($2, 1, 100) }'
}

# image_line CODE IMAGE BASE: the line of 'image.sh sizes'. A layer above the base is what one COPY puts into a folder.
image_line() {
    local own layers
    own=$(($(docker history --quiet "$2" | wc -l) - $(docker history --quiet "$3" | wc -l)))
    layers="$(docker history --no-trunc --format '{{.Size}}\t{{.CreatedBy}}' "$2" | head -n "$own" | awk -F'\t' '
        $1 != "0B" { sub(/ *(# buildkit *)?$/, "", $2); sub(/.* /, "", $2); line = $2 " " $1 (line ? ", " line : "") } END { print line }')"
    printf '%s\t%d\t%d\t%s\t%s\n' "$1" "$(image_bytes "$2")" "$(image_bytes "$3")" "${3%:latest}" "$layers"
}

image_bytes() { docker image inspect --format '{{.Size}}' "$1"; }

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f", bytes / 1000000 }'; }
