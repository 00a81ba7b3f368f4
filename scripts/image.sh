#!/usr/bin/env bash
# Builds, runs and verifies the function's image with a real Docker engine; starts a private one where none runs.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/image/engine.sh"
source "$ROOT/scripts/lib/image/bases.sh"
source "$ROOT/scripts/lib/image/build.sh"
source "$ROOT/scripts/lib/image/verify.sh"

usage() {
    cat <<'TEXT'
Usage: scripts/image.sh build [native|jit|r2r]
       scripts/image.sh run [ARGUMENT...]
       scripts/image.sh verify

  build   the function's image, or its twin on the .NET runtime; prints its layers and their sizes
  run     the image as Lambda runs it: not as root, nothing writable but /tmp [default argument: self-check]
  verify  builds the image, runs coordinator and three workers as containers behind the local stand-in for Lambda against an S3
          server, and compares the model's digest with that of a run outside containers

AOTREC_IMAGE names the image [default: aotrec:latest]; SDK_IMAGE and RUNTIME_IMAGE name other base images. Base images that cannot
be pulled are replaced by stand-ins made from this machine, which needs root. A private engine and its images end with the command.
TEXT
}

case "${1:-}" in
    build)
        case "${2:-native}" in
            native | jit | r2r) ;;
            *) say "error: build '$2', expected native, jit or r2r"; exit 2 ;;
        esac
        ;;
    run | verify) ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac

BACKGROUND=()
WORK="$(mktemp -d "${TMPDIR:-/tmp}/aotrec-image.XXXXXX")"
clean_up() {
    if [ ${#BACKGROUND[@]} -gt 0 ]; then
        kill "${BACKGROUND[@]}" 2>/dev/null || true
        docker ps --quiet --filter "label=aotrec.function=$$" | xargs -r docker kill >/dev/null 2>&1 || true
        wait "${BACKGROUND[@]}" 2>/dev/null || true
    fi
    engine_stop
    rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

engine_start
case "$1" in
    build) build_image "${2:-native}" ;;
    run)
        shift
        docker image inspect "$IMAGE" >/dev/null 2>&1 || build_image >&2
        run_image "${@:-self-check}"
        ;;
    verify)
        publish_programs
        build_image
        verify_image
        ;;
esac
