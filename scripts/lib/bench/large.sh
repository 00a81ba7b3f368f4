# 32 million ratings made up, sharded and trained for an epoch, with the time and memory of each step
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() { bench_programs large "$@"; }
