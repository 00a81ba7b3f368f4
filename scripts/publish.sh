#!/usr/bin/env bash
# Compiles the programs to native code under artifacts/bin, their symbols beside them as NAME.dbg; quick when nothing changed.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/cross.sh"

usage() {
    cat <<TEXT
Usage: scripts/publish.sh [--runtime NAME] [--restore] [PROGRAM...]
       scripts/publish.sh --code jit|r2r

  --runtime NAME  what to compile for: ${RUNTIMES[*]} [default: this machine's]; for another processor the
                  programs go to artifacts/bin/NAME, and bootstrap's self-check runs under qemu
  --restore       only gets the packages
  --code NAME     bootstrap for the .NET runtime, for comparison: compiled when it runs (jit) or as ReadyToRun (r2r);
                  under artifacts/NAME
  PROGRAM         of ${PROGRAMS[*]} [default: all]
TEXT
}

restore=false
code=native
chosen=()
while [ $# -gt 0 ]; do
    case "$1" in
        --runtime)
            [ $# -ge 2 ] || { say "error: --runtime needs a value"; exit 2; }
            use_runtime "$2"
            shift
            ;;
        --code)
            case "${2:-}" in
                jit | r2r) code="$2" ;;
                *) say "error: --code '${2:-}', expected jit or r2r"; exit 2 ;;
            esac
            shift
            ;;
        --restore) restore=true ;;
        --help | -h) usage; exit 0 ;;
        *)
            case " ${PROGRAMS[*]} " in
                *" $1 "*) chosen+=("$1") ;;
                *) say "error: program '$1', expected one of: ${PROGRAMS[*]}"; exit 2 ;;
            esac
            ;;
    esac
    shift
done
[ ${#chosen[@]} -eq 0 ] || PROGRAMS=("${chosen[@]}")

if [ "$code" != native ]; then
    publish_managed "$code"
elif $restore; then
    restore_programs
else
    publish_programs
    if [ "$RUNTIME" != "$HOST_RUNTIME" ] && [ -x "$BIN/bootstrap" ]; then check_foreign_program; fi
fi
