# The native programs: when they are out of date, and how they are compiled. Sourced after common.sh.

PROGRAMS=(bootstrap aotrec data-prep)
RUNTIMES=(linux-x64 linux-arm64)
RUNTIME=linux-x64
[ "$(uname -m)" != aarch64 ] || RUNTIME=linux-arm64
HOST_RUNTIME="$RUNTIME"

# The most that a program may weigh, in MB. Lambda fetches an image's blocks as they are touched, and what is in a program is paid for
# at every cold start; a program that outgrows its budget has taken in something that it should not: a second TLS stack, reflection
# that keeps a library whole, OpenBLAS for processors that the program does not run on.
declare -A MEGABYTES_MAX=([bootstrap]=18 [aotrec]=24 [data-prep]=20)

# A fingerprint of everything that the programs are built from, of what is here: an image's build has only what the function needs.
# npm brings the charts of the report, where it is there.
sources_fingerprint() {
    (cd "$ROOT" && find $(ls -d src data-prep 2>/dev/null || true) global.json Directory.Build.props Directory.Packages.props \
        scripts/lib/programs.* -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | { cat; command -v npm || true; } | sha256sum | cut -d' ' -f1)
}

programs_current() {
    local program fingerprint
    fingerprint="$(sources_fingerprint)"
    for program in "${PROGRAMS[@]}"; do
        [ -x "$BIN/$program" ] && [ -f "$BIN/.$program" ] && [ "$(cat "$BIN/.$program")" = "$fingerprint" ] || return 1
    done
}

# Compiles the programs when they are out of date, one caller at a time. Packages are restored while apt installs the compilers.
publish_programs() {
    programs_current && return 0
    require_dotnet
    mkdir -p "$BIN"
    (
        flock 9
        programs_current && exit 0
        rm -f "${PROGRAMS[@]/#/$BIN/.}"
        fingerprint="$(sources_fingerprint)"
        log="$(mktemp)"
        trap 'rm -f "$log"' EXIT
        choose_framework >"$log" 2>&1 &
        install_build_tools
        [ "$RUNTIME" = "$HOST_RUNTIME" ] || install_cross_tools
        wait $! || { cat "$log" >&2; restore_failed; }
        framework="$(cat "$ARTIFACTS/framework")"
        [ "$framework" = net10.0 ] || say "the native compiler for net10.0 cannot be restored here; publishing for $framework"
        say "compiling ${PROGRAMS[*]} to native code ($framework, $RUNTIME); this takes a minute or two"
        programs_build -m -t:Publish "$framework" >"$log" 2>&1 || { cat "$log" >&2; fail "compiling failed"; }
        if grep -E 'warning IL[0-9]+' "$log" >&2; then fail "the native compiler warned"; fi
        check_sizes
        for program in "${PROGRAMS[@]}"; do printf '%s\n' "$fingerprint" >"$BIN/.$program"; done
    ) 9>"$ARTIFACTS/publish.lock"
}

# publish_managed CODE...: the function compiled at run time (jit) or as ReadyToRun (r2r), for comparison, in folders of their own.
publish_managed() {
    local code
    require_dotnet
    for code in "$@"; do
        say "publishing bootstrap for the .NET runtime ($code)"
        dotnet publish "$ROOT/src/AotRecTrainer.Function" -c Release -r "$RUNTIME" -v quiet -nologo -p:AotRecCode="$code" \
            -p:AotRecRuntime="$RUNTIME" -p:RunAnalyzers=false -o "$ARTIFACTS/$code" >&2 || fail "publishing bootstrap ($code) failed"
    done
}

# restore_programs: packages and framework alone, which change less often than the code.
restore_programs() {
    require_dotnet
    mkdir -p "$ARTIFACTS"
    choose_framework >&2 || restore_failed
}

restore_failed() {
    fail "restoring packages failed; compiling for $RUNTIME needs, with what the SDK has, runtime.$HOST_RUNTIME.Microsoft.DotNet.ILCompiler" \
        "and Microsoft.NETCore.App.Runtime.NativeAOT.$RUNTIME from the package feed"
}

check_sizes() {
    local program bytes
    for program in "${PROGRAMS[@]}"; do
        bytes="$(stat -c %s "$BIN/$program")"
        [ "$bytes" -le $((MEGABYTES_MAX[$program] * 1000000)) ] ||
            fail "$BIN/$program has $bytes bytes, expected at most ${MEGABYTES_MAX[$program]} MB (MEGABYTES_MAX in scripts/lib/programs.sh)"
    done
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
    local names="${PROGRAMS[*]}" settings=()
    [ -z "${CROSS_OPENBLAS:-}" ] || settings=(-p:OpenBlasArchive="$CROSS_OPENBLAS")
    dotnet msbuild "$ROOT/scripts/lib/programs.proj" -nologo -v:minimal "${@:1:$#-1}" -p:AotRecTargetFramework="${*: -1}" \
        -p:AotRecRuntime="$RUNTIME" -p:Programs="${names// /%3B}" -p:Destination="$BIN/" "${settings[@]}" 9>&-
}
