# forecasts of aotrec plan against trainings that it was not calibrated with; --calibration FILE keeps the calibration
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() {
    bench_programs plan "$@"
}
