# Shared by the verbs in scripts/: where we are, what must be installed, how to build. Sourced, never run.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
ARTIFACTS="$ROOT/artifacts"
BIN="$ARTIFACTS/bin"

say() { printf '%s\n' "$*" >&2; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

require_dotnet() {
    command -v dotnet >/dev/null 2>&1 ||
        fail "the .NET SDK 10 was not found; install it from https://dotnet.microsoft.com/download and put 'dotnet' on PATH"
    (cd "$ROOT" && dotnet --version >/dev/null 2>&1) ||
        fail "no .NET SDK that satisfies global.json was found; installed: $(dotnet --list-sdks | tr '\n' ' ')"
}

# install_packages PACKAGE... : apt packages that are not there yet; quick when all are.
install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null 2>&1 ||
        fail "needed and not found: ${missing[*]} (Debian package names); this system has no apt-get, install them by hand"
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail "needed: ${missing[*]}; run as root: apt-get install ${missing[*]}"
        sudo=(sudo)
    fi
    say "installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What compiling the native programs needs; OpenBLAS is the serial build, one thread per function process.
install_build_tools() {
    require_dotnet
    install_packages clang zlib1g-dev libopenblas-serial-dev
}
