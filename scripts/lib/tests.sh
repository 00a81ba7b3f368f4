# Finding and running the test projects. Sourced after common.sh.

# Two test programs at a time: much of their time is waiting for processes and clocks. None measures speed.
TEST_JOBS="${TEST_JOBS:-2}"
TEST_MINUTES_MAX=8
TEST_RESULTS="$ARTIFACTS/test-results"
INTEROP_NODE="$ROOT/tests/AotRecTrainer.Interop.Tests/node"

# Node: other people's readers of our files. Chromium: the report in a browser. The AWS CLI and boto3: other people's clients of the
# local Lambda. moto: other people's S3.
install_test_tools() {
    command -v node >/dev/null 2>&1 || install_packages nodejs npm
    command -v chromium >/dev/null 2>&1 || install_packages chromium
    command -v aws >/dev/null 2>&1 || install_packages awscli
    install_node_packages
    has_boto3 || install_packages python3-boto3
    command -v moto_server >/dev/null 2>&1 || python3 -m pip install --quiet 'moto[s3,server]' >/dev/null 2>&1 ||
        say "moto_server is neither installed nor to be had with pip; tests of S3 fall back on s3rver from npm"
}

# Whether the Python on the path or the system's has boto3.
has_boto3() {
    python3 -c 'import boto3' 2>/dev/null || /usr/bin/python3 -c 'import boto3' 2>/dev/null
}

# What the interop tests need from npm; quick when the lock file's packages are there.
install_node_packages() {
    local installed="$INTEROP_NODE/node_modules/.installed-lock.json"
    cmp -s "$INTEROP_NODE/package-lock.json" "$installed" && return 0
    say "installing other people's readers with npm"
    if (cd "$INTEROP_NODE" && npm ci --silent --no-audit --no-fund); then
        cp "$INTEROP_NODE/package-lock.json" "$installed"
    else
        say "npm could not install the packages of $INTEROP_NODE; the tests that need them are skipped, or fail where CI=true"
    fi
}

# test_projects [PART...]: names of all test projects, or of those of the parts.
test_projects() {
    local part project
    if [ $# -eq 0 ]; then
        for project in "$ROOT"/tests/*.Tests/*.csproj; do basename "$project" .csproj; done
        return
    fi
    for part in "$@"; do
        if [ ! -d "$ROOT/tests/AotRecTrainer.$part.Tests" ]; then
            say "error: no tests of '$part'; expected one of: $(test_parts)"
            exit 2
        fi
        printf '%s\n' "AotRecTrainer.$part.Tests"
    done
}

test_parts() {
    test_projects | sed -E 's/^AotRecTrainer\.(.*)\.Tests$/\1/' | paste -sd ' '
}

# run_test_projects NAME...: runs the test programs and adds up what they report. One that reports no test counts as failed.
run_test_projects() {
    local name line code passed=0 failed=0 skipped=0
    rm -rf "$TEST_RESULTS"
    mkdir -p "$TEST_RESULTS"
    # What runs in the background does not hear Ctrl-C.
    trap 'kill $(jobs -rp) 2>/dev/null; wait; exit 130' INT TERM
    for name in "$@"; do
        while [ "$(jobs -rp | wc -l)" -ge "$TEST_JOBS" ]; do wait -n || true; done
        run_test_project "$name" &
    done
    wait
    trap - INT TERM
    for name in "$@"; do
        line="$(test_summary "$name")"
        code="$(cat "$TEST_RESULTS/$name.code")"
        if [ -z "$line" ] || [ "$(count_of Total "$line")" -eq 0 ]; then
            tail -n 40 "$TEST_RESULTS/$name.log"
            say "FAILED: $name ran no test or did not run to its end (exit code $code)"
            failed=$((failed + 1))
            continue
        fi
        if [ "$code" -ne 0 ]; then
            cat "$TEST_RESULTS/$name.log"
            say "FAILED: $name (exit code $code)"
            # A program may fail although no test did.
            [ $(($(count_of Failed "$line") + $(count_of Errors "$line"))) -gt 0 ] || failed=$((failed + 1))
        else
            grep -A 1 -F '[SKIP]' "$TEST_RESULTS/$name.log" || true
        fi
        failed=$((failed + $(count_of Failed "$line") + $(count_of Errors "$line")))
        skipped=$((skipped + $(count_of Skipped "$line")))
        passed=$((passed + $(count_of Total "$line") - $(count_of Failed "$line") - $(count_of Skipped "$line")
            - $(count_of 'Not Run' "$line")))
    done
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ]
}

# run_test_project NAME: leaves NAME.log and NAME.code among the results.
run_test_project() {
    local code=0 started=$SECONDS program="$ROOT/tests/$1/bin/Release/net10.0/$1"
    timeout --kill-after=10 "${TEST_MINUTES_MAX}m" "$program" -noColor -noLogo >"$TEST_RESULTS/$1.log" 2>&1 &
    # shellcheck disable=SC2064 # the program of now
    trap "kill $! 2>/dev/null; wait; exit 130" TERM
    wait $! || code=$?
    printf '%d\n' "$code" >"$TEST_RESULTS/$1.code"
    say "$(printf '%-36s %3d s  %s' "$1" $((SECONDS - started)) "$(test_summary "$1")")"
}

# test_summary NAME: the line of totals in its log; nothing when it has none.
test_summary() {
    grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+.*' "$TEST_RESULTS/$1.log" | tail -n 1 || true
}

# count_of WORD LINE: the number after a word in a summary.
count_of() {
    sed -nE "s/.*$1: ([0-9]+).*/\\1/p" <<<"$2"
}
