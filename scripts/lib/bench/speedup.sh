# 1, 3 and 5 workers with equal shares of one CPU on 10 million ratings: the speed-up, and where the rest goes
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() { bench_programs speedup "$@"; }
