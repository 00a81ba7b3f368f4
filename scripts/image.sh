#!/usr/bin/env bash
# Builds, runs and verifies the function's image with a real Docker engine; starts a private one where none runs.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/servers.sh"
source "$ROOT/scripts/lib/image/engine.sh"
source "$ROOT/scripts/lib/image/bases.sh"
source "$ROOT/scripts/lib/image/build.sh"
source "$ROOT/scripts/lib/image/verify.sh"

usage() {
    cat <<'TEXT'
Usage: scripts/image.sh build [--builder NAME] [native|jit|r2r|local]
       scripts/image.sh run [ARGUMENT...]
       scripts/image.sh verify [--builder NAME]
       scripts/image.sh sizes [--builder NAME] FILE

  build   the function's image, its twin on the .NET runtime, or the three programs with the local Lambda (docker/Dockerfile.local);
          prints its layers and their sizes
  run     the image as Lambda runs it: not as root, nothing writable but /tmp [default argument: self-check]
  verify  builds the image, runs it with its self-check, then coordinator and three workers as containers behind the local
          stand-in for Lambda against an S3 server, and compares the model's digest with that of a run outside containers

  sizes   builds the function's image and its twins, and writes a line for each to FILE: how it was compiled, bytes, bytes of the base
          image, the base image, the layers above it; with tabs between

  --builder NAME  classic or buildkit, which needs a docker client that has it [default: what the client prefers]

AOTREC_IMAGE names the image [default: aotrec:latest]; SDK_IMAGE and RUNTIME_IMAGE name other base images. Base images that cannot
be pulled are replaced by stand-ins made from this machine, which needs root. A private engine and its images end with the command.
TEXT
}

case "${1:-}" in
    build | run | verify | sizes) ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac
verb="$1" code=native
shift
if [ "$verb" != run ] && [ "${1:-}" = --builder ]; then
    case "${2:-}" in
        classic) export DOCKER_BUILDKIT=0 ;;
        buildkit) export DOCKER_BUILDKIT=1 ;;
        *) say "error: --builder '${2:-}', expected classic or buildkit"; exit 2 ;;
    esac
    shift 2
fi
case "$verb ${1:-}" in
    "build native" | "build jit" | "build r2r" | "build local") code="$1" ;;
    "sizes ") say "error: sizes needs a file"; exit 2 ;;
    sizes\ * | run\ * | "build " | "verify ") ;;
    *) say "error: $verb '$1', expected $([ "$verb" = build ] && printf 'native, jit, r2r or local' || printf 'nothing')"; exit 2 ;;
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
case "$verb" in
    build) build_image "$code" ;;
    sizes)
        file="$1"
        mkdir -p "$(dirname "$file")"
        for code in native r2r jit; do
            build_image "$code"
            image_line "$code" "$TAG" "$RUNTIME_BASE" >&3
        done 3>"$file"
        ;;
    run)
        docker image inspect "$IMAGE" >/dev/null 2>&1 || build_image >&2
        run_image "${@:-self-check}"
        ;;
    verify)
        publish_programs
        build_image
        verify_image
        ;;
esac
