# the paper's own program, in PyTorch, beside ours with the same settings
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() {
    install_packages python3-torch
    bench_programs paper --script "$ROOT/tests/AotRecTrainer.Benchmarks/paper/paper.py" "$@"
}
