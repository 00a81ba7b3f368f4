#!/usr/bin/env bash
# From a clone to a trained model: installs what is missing, builds, gets ratings, trains with 3 workers, says where the model is.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"

usage() {
    cat <<'TEXT'
Usage: scripts/quickstart.sh [--data PATH | --data synthetic] [options]

  --data PATH     a MovieLens folder or ratings file (u.data, ratings.dat, ratings.csv); without it MovieLens-1M is
                  downloaded where the network allows it within 20 s, and otherwise a synthetic set like it is made
  --data synthetic    the synthetic set, without asking the network
  --output DIR    where data set and runs go (default: data/ in this checkout)

Everything else goes to 'aotrec train': --workers 3 --epochs 50 --factors 10 --seed 42 --exchange await|poll --json FILE ...

Examples:
  scripts/quickstart.sh
  scripts/quickstart.sh --data ~/ml-latest-small --workers 5 --epochs 100 --factors 3 --json out.json
TEXT
}

data=""
output="$ROOT/data"
options=()
while [ $# -gt 0 ]; do
    case "$1" in
        --data=* | --output=*)
            set -- "${1%%=*}" "${1#*=}" "${@:2}"
            ;;
        --data | --output)
            if [ $# -lt 2 ]; then say "error: $1 needs a value"; exit 2; fi
            if [ "$1" = --data ]; then data="$2"; else output="$2"; fi
            shift 2
            ;;
        --help | -h)
            usage
            exit 0
            ;;
        *)
            options+=("$1")
            shift
            ;;
    esac
done

synthesize() {
    input="$output/synthetic-ml-1m.dat"
    [ -s "$input" ] || "$BIN/data-prep" synth --users 6040 --items 3706 --ratings 1000209 --factors 8 --noise 0.85 --seed 7 --output "$input"
}

# MovieLens-1M from its publisher, if the network answers in time; its licence forbids passing it on, so it is never kept elsewhere.
download() {
    local archive="$output/ml-1m.zip"
    command -v curl >/dev/null 2>&1 || return 1
    if [ ! -s "$output/ml-1m/ratings.dat" ]; then
        curl --fail --silent --show-error --location --max-time 20 -o "$archive.part" https://files.grouplens.org/datasets/movielens/ml-1m.zip \
            2>/dev/null || { rm -f "$archive.part"; return 1; }
        mv "$archive.part" "$archive"
        python3 -m zipfile -e "$archive" "$output" 2>/dev/null || unzip -q -o "$archive" -d "$output" || return 1
    fi
    input="$output/ml-1m"
}

if [ -n "$data" ] && [ "$data" != synthetic ] && [ ! -e "$data" ]; then
    say "error: --data $data: no such file or folder"
    exit 2
fi
if ! problem="$(mkdir -p "$output" 2>&1)"; then
    say "error: --output $output: $problem"
    exit 2
fi
publish_programs

if [ "$data" = synthetic ]; then
    synthesize
    say "data: synthetic ratings like MovieLens-1M's ($input)"
elif [ -n "$data" ]; then
    input="$data"
    say "data: $input"
elif download; then
    say "data: MovieLens-1M, downloaded from GroupLens ($input)"
else
    synthesize
    say "data: MovieLens-1M could not be downloaded within 20 s; using synthetic ratings like it ($input)"
fi

dataset="$output/datasets/$(basename "$input" | tr -c 'A-Za-z0-9._\n-' '-')"
"$BIN/data-prep" shard --input "$input" --output "$dataset"
exec "$BIN/aotrec" train --dataset "$dataset" --output "$output/runs" ${options[@]+"${options[@]}"}
