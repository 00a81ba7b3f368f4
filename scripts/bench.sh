#!/usr/bin/env bash
# Measures: scripts/bench.sh VERB [--json FILE]. Each file of scripts/lib/bench/ is a verb.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

VERBS="$ROOT/scripts/lib/bench"
RESULTS="$ROOT/tests/AotRecTrainer.Benchmarks/results"

usage() {
    echo "Usage: scripts/bench.sh VERB [--json FILE]"
    local file
    for file in "$VERBS"/*.sh; do echo "  $(basename "$file" .sh): $(sed -n '1s/^# //p' "$file")"; done
}

case "${1:-}" in
    --help | -h) usage; exit 0 ;;
esac
[ $# -ge 1 ] && [ -f "$VERBS/$1.sh" ] || { usage >&2; exit 2; }
source "$VERBS/$1.sh"
shift
bench "$@"
