# answers of role recommend from a warm function, with 100,000 items
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() {
    bench_programs recommend "$@"
}
