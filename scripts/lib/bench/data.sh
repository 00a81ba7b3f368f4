# a text of a million ratings to shards, beside DuckDB; and the speed of decoding them
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/bench/programs.bash"

bench() {
    local packages="$ROOT/tests/AotRecTrainer.Interop.Tests/node"
    command -v npm >/dev/null 2>&1 || fail "npm was not found; install Node.js 18 or later"
    [ -d "$packages/node_modules/@duckdb" ] || (cd "$packages" && npm ci --no-progress >&2)
    bench_programs data --script "$ROOT/tests/AotRecTrainer.Benchmarks/duckdb/shard.mjs" --packages "$packages" "$@"
}
