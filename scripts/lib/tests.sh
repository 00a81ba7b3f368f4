# Finding and running the test projects. Sourced after common.sh.

INTEROP_NODE="$ROOT/tests/AotRecTrainer.Interop.Tests/node"

# Node: other people's readers of our files. The AWS CLI: other people's client of the local Lambda.
install_test_tools() {
    command -v node >/dev/null 2>&1 || install_packages nodejs npm
    command -v aws >/dev/null 2>&1 || install_packages awscli
    install_node_packages
    if ! command -v moto_server >/dev/null 2>&1; then
        python3 -m pip install --quiet 'moto[s3,server]' >/dev/null 2>&1 ||
            say "moto_server is neither installed nor to be had with pip; S3 tests use s3rver from npm"
    fi
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

# Runs every built test program in turn and adds up what they report.
run_test_projects() {
    local passed=0 failed=0 skipped=0 broken=() project name program log line total errors fails skips
    log="$(mktemp)"
    trap 'rm -f "$log"' RETURN
    for project in "$ROOT"/tests/*.Tests/*.csproj; do
        name="$(basename "$project" .csproj)"
        program="$ROOT/tests/$name/bin/Release/net10.0/$name"
        say "== $name"
        "$program" -noColor -noLogo >"$log" 2>&1 || true
        line="$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$log" | tail -n 1 || true)"
        if [ -z "$line" ]; then
            tail -n 40 "$log"
            broken+=("$name")
            continue
        fi
        total="$(sed -E 's/.*Total: ([0-9]+).*/\1/' <<<"$line")"
        errors="$(sed -E 's/.*Errors: ([0-9]+).*/\1/' <<<"$line")"
        fails="$(sed -E 's/.*Failed: ([0-9]+).*/\1/' <<<"$line")"
        skips="$(sed -E 's/.*Skipped: ([0-9]+).*/\1/' <<<"$line")"
        if [ "$errors" -ne 0 ] || [ "$fails" -ne 0 ]; then
            cat "$log"
        elif [ "$skips" -ne 0 ]; then
            grep -A 1 -F '[SKIP]' "$log" || true
        fi
        say "   $line"
        passed=$((passed + total - fails - skips))
        failed=$((failed + fails + errors))
        skipped=$((skipped + skips))
    done
    for name in ${broken[@]+"${broken[@]}"}; do
        say "no result from $name: it did not run to its end"
        failed=$((failed + 1))
    done
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ]
}
