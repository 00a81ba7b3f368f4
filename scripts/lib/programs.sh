# The three native programs: when they are out of date, and how they are compiled. Sourced after common.sh.

PROGRAMS=(bootstrap aotrec data-prep)

# A fingerprint of everything that the programs are built from; npm brings the charts of the report, where it is there.
sources_fingerprint() {
    (cd "$ROOT" && find src data-prep global.json Directory.Build.props Directory.Packages.props scripts/lib/programs.* \
        -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | { cat; command -v npm || true; } | sha256sum | cut -d' ' -f1)
}

programs_current() {
    local program
    for program in "${PROGRAMS[@]}"; do [ -x "$BIN/$program" ] || return 1; done
    [ -f "$BIN/.fingerprint" ] && [ "$(cat "$BIN/.fingerprint")" = "$(sources_fingerprint)" ]
}

# Compiles the programs when they are out of date, one caller at a time. Packages are restored while apt installs the compilers.
publish_programs() {
    programs_current && return 0
    require_dotnet
    mkdir -p "$BIN"
    (
        flock 9
        programs_current && exit 0
        rm -f "$BIN/.fingerprint"
        fingerprint="$(sources_fingerprint)"
        log="$(mktemp)"
        trap 'rm -f "$log"' EXIT
        choose_framework >"$log" 2>&1 &
        install_build_tools
        wait $! || { cat "$log" >&2; fail "restoring packages failed"; }
        framework="$(cat "$ARTIFACTS/framework")"
        [ "$framework" = net10.0 ] || say "the native compiler for net10.0 cannot be restored here; publishing for $framework"
        say "compiling the programs to native code ($framework); this takes a minute or two"
        programs_build -m -t:Publish "$framework" >"$log" 2>&1 || { cat "$log" >&2; fail "compiling failed"; }
        if grep -E 'warning IL[0-9]+' "$log" >&2; then fail "the native compiler warned"; fi
        printf '%s\n' "$fingerprint" >"$BIN/.fingerprint"
    ) 9>"$ARTIFACTS/publish.lock"
}

# Restores the packages and notes the framework: net10.0, or net9.0 where the native compiler of the former cannot be had.
choose_framework() {
    local framework
    for framework in net10.0 net9.0; do
        printf '%s\n' "$framework" >"$ARTIFACTS/framework"
        programs_build -t:Restore "$framework" && return 0
    done
    return 1
}

# programs_build OPTION... FRAMEWORK. The compiler's server outlives the build and must not keep the lock, which is descriptor 9.
programs_build() {
    dotnet msbuild "$ROOT/scripts/lib/programs.proj" -nologo -v:minimal "${@:1:$#-1}" -p:AotRecTargetFramework="${*: -1}" 9>&-
}
