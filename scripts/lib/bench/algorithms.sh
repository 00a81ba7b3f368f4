# held-out errors of every algorithm on several splits, and the time to a good model
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() {
    local movielens="${MOVIELENS_DIR:-$ROOT/../shared/data}/ml-latest-small" data=()
    if [ -f "$movielens/ratings.csv" ]; then data=(--movielens "$movielens"); else say "without ml-latest-small, which is not in $movielens"; fi
    bench_programs algorithms ${data[@]+"${data[@]}"} "$@"
}
