# What the verbs that run whole programs share: the programs published, the benchmark built. Sourced after programs.sh.

bench_programs() {
    publish_programs
    dotnet build "$ROOT/tests/AotRecTrainer.Benchmarks" -c Release -v quiet -nologo >&2
    "$ROOT/tests/AotRecTrainer.Benchmarks/bin/Release/net10.0/AotRecTrainer.Benchmarks" "$1" --programs "$BIN" --results "$RESULTS" "${@:2}"
}
