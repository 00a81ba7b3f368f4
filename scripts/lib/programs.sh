# The three native programs: when they are out of date, and how they are compiled. Sourced after common.sh.

PROGRAM_PROJECTS=(src/AotRecTrainer.Function src/AotRecTrainer.Cli data-prep)
PROGRAMS=(bootstrap aotrec data-prep)

# A fingerprint of everything that the programs are built from.
sources_fingerprint() {
    (cd "$ROOT" && find src data-prep global.json Directory.Build.props Directory.Packages.props scripts/lib/programs.sh \
        -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

programs_current() {
    local program
    for program in "${PROGRAMS[@]}"; do [ -x "$BIN/$program" ] || return 1; done
    [ -f "$BIN/.fingerprint" ] && [ "$(cat "$BIN/.fingerprint")" = "$(sources_fingerprint)" ]
}

publish_programs() {
    programs_current && return 0
    local framework=net10.0 fingerprint project log
    fingerprint="$(sources_fingerprint)"
    mkdir -p "$BIN"
    rm -f "$BIN/.fingerprint"
    log="$(mktemp)"
    trap 'rm -f "$log"' RETURN
    for project in "${PROGRAM_PROJECTS[@]}"; do
        say "compiling $project to native code ($framework)"
        if ! publish_one "$project" "$framework" >"$log" 2>&1; then
            if [ "$framework" = net10.0 ] && grep -q 'NU1101\|NU1102\|NU1103' "$log"; then
                framework=net9.0
                say "the native compiler for net10.0 cannot be restored here; publishing for net9.0"
                publish_one "$project" "$framework" >"$log" 2>&1 || { cat "$log" >&2; fail "publishing $project failed"; }
            else
                cat "$log" >&2
                fail "publishing $project failed"
            fi
        fi
        if grep -E 'warning IL[0-9]+' "$log" >&2; then fail "the native compiler warned about $project"; fi
    done
    printf '%s\n' "$fingerprint" >"$BIN/.fingerprint"
}

# Without the analyzers, which take longer than compiling; the test build runs them.
publish_one() {
    dotnet publish "$ROOT/$1" -c Release -r linux-x64 -p:AotRecTargetFramework="$2" -p:RunAnalyzers=false -nologo -v minimal -o "$ARTIFACTS/publish/$(basename "$1")"
    find "$ARTIFACTS/publish/$(basename "$1")" -maxdepth 1 -type f -perm -u+x -not -name '*.dbg' -not -name '*.so' -exec cp -f {} "$BIN/" \;
}
