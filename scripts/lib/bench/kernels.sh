# gradient and normal-equation kernels, just in time and native, against the same in C
source "$ROOT/scripts/lib/programs.sh"

bench() {
    local project=tests/AotRecTrainer.Benchmarks work="$ARTIFACTS/bench" compiler="${CC:-cc}" json=() log
    if [ "${1:-}" = --json ] && [ -n "${2:-}" ]; then
        json=(--json "$2")
    elif [ $# -ne 0 ]; then
        usage
    fi

    publish_programs
    install_packages gcc libc6-dev
    mkdir -p "$work" "$BIN"
    local flags=(-std=c17 -O3 -march=native -ffast-math)
    "$compiler" "${flags[@]}" -Wall -Wextra -shared -fPIC "$ROOT/$project"/native/*.c -o "$work/libreference.so"
    dotnet build "$ROOT/$project" -c Release -v quiet -nologo >&2

    log="$work/publish.log"
    dotnet publish "$ROOT/$project" -c Release -r linux-x64 -p:AotRecTargetFramework="$(cat "$ARTIFACTS/framework")" \
        -p:RunAnalyzers=false -nologo -v quiet -o "$work/native" >"$log" 2>&1 || { cat "$log" >&2; fail "publishing $project failed"; }

    "$ROOT/$project/bin/Release/net10.0/AotRecTrainer.Benchmarks" kernels \
        --reference "$work/libreference.so" \
        --compiler "$("$compiler" --version | head -n 1), ${flags[*]}" \
        --native "$work/native/AotRecTrainer.Benchmarks" \
        --results "$RESULTS" \
        ${json[@]+"${json[@]}"}
}
