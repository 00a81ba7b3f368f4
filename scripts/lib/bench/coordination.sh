# what a round costs beyond its slowest worker: both exchanges, 3 and 12 workers, a directory and an S3 server
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() {
    bench_programs coordination "$@"
}
