#!/usr/bin/env bash
# Makes the pictures of README, from pages that 'aotrec report' writes: the errors of three algorithms, and where the time of a run with five workers goes.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/tests.sh"

PICTURES="$ROOT/docs/pictures"

case "${1:-}" in
    "") ;;
    --help | -h)
        printf 'Usage: scripts/pictures.sh\n\nTrains on synthetic ratings, reports, and photographs the reports with Chromium into docs/pictures.\n'
        exit 0
        ;;
    *) say "error: unexpected '$1'; scripts/pictures.sh takes no arguments"; exit 2 ;;
esac

WORK="$(mktemp -d "${TMPDIR:-/tmp}/aotrec-pictures.XXXXXX")"
trap 'rm -rf "$WORK"' EXIT

# train NAME OPTION...
train() { "$BIN/aotrec" train --dataset "$WORK/dataset" --output "$WORK/runs" --run "$1" "${@:2}" >&2; }

# photograph PAGE HEIGHT NAME: the page's section that has the element NAME, as it looks in the light and in the dark.
photograph() {
    local scheme number=0
    printf '<style>header, section:not(:has(#%s)), #times-table, .note { display: none }</style>\n' "$3" >>"$1"
    for scheme in dark light; do
        chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=5000 --window-size="1100,$2" \
            --blink-settings="preferredColorScheme=$number" --screenshot="$PICTURES/$3-$scheme.png" "file://$1" >/dev/null 2>&1
        number=1
    done
    say "$PICTURES/$3-light.png, $3-dark.png"
}

command -v chromium >/dev/null 2>&1 || install_packages chromium
publish_programs
mkdir -p "$PICTURES"
"$BIN/data-prep" synth --output "$WORK/ratings.dat" >&2
"$BIN/data-prep" shard --input "$WORK/ratings.dat" --output "$WORK/dataset" >&2
train batch-gradient --workers 5 --epochs 50
train als --workers 5 --epochs 15 --algorithm als
train bayesian --workers 5 --epochs 30 --algorithm bayesian
"$BIN/aotrec" report "$WORK/runs/batch-gradient" --output "$WORK/run.html" >&2
"$BIN/aotrec" report "$WORK/runs/batch-gradient" "$WORK/runs/als" "$WORK/runs/bayesian" --output "$WORK/runs.html" >&2
photograph "$WORK/run.html" 860 times
photograph "$WORK/runs.html" 470 errors
