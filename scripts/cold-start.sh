#!/usr/bin/env bash
# Compares cold starts of the function compiled in three ways, under the local Lambda with the CPU share that Lambda gives.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"

usage() {
    cat <<'TEXT'
Usage: scripts/cold-start.sh [--images] [--runs N] [--memory MB,MB...] [--json FILE]

  --images        builds the three images too, with scripts/image.sh, and adds their layers and sizes to the page
  --runs N        cold starts of every code and memory size [default: 20]
  --memory LIST   memory sizes in MB [default: 512,1024,1769]
  --json FILE     file for the figures

Native AOT, ReadyToRun and JIT of the same code. Memory and CPU are limited by control groups, which mostly needs root; where they
may not be made, the page says so. The page goes to tests/AotRecTrainer.Benchmarks/results.
TEXT
}

case "${1:-}" in --help | -h) usage; exit 0 ;; esac
images=()
if [ "${1:-}" = --images ]; then
    shift
    sizes="$ARTIFACTS/image-sizes.tsv"
    "$ROOT/scripts/image.sh" sizes "$sizes" >&2
    images=(--images "$sizes")
fi
publish_programs
publish_managed jit r2r
dotnet build "$ROOT/tests/AotRecTrainer.Benchmarks" -c Release -v quiet -nologo >&2
exec "$ROOT/tests/AotRecTrainer.Benchmarks/bin/Release/net10.0/AotRecTrainer.Benchmarks" cold-start --programs "$BIN" \
    --jit "$ARTIFACTS/jit" --r2r "$ARTIFACTS/r2r" --results "$ROOT/tests/AotRecTrainer.Benchmarks/results" ${images[@]+"${images[@]}"} "$@"
