# Compiling for another processor than this machine's, from Debian's cross tools. Sourced after programs.sh.

declare -A CROSS_NAMES=([linux-x64]="x86-64-linux-gnu amd64 x86_64" [linux-arm64]="aarch64-linux-gnu arm64 aarch64")

# use_runtime NAME: what is compiled for; programs for another processor go to a folder of their own.
use_runtime() {
    case " ${RUNTIMES[*]} " in
        *" $1 "*) ;;
        *) say "error: runtime '$1', expected one of: ${RUNTIMES[*]}"; exit 2 ;;
    esac
    RUNTIME="$1"
    [ "$1" != "$HOST_RUNTIME" ] || return 0
    BIN="$ARTIFACTS/bin/$1"
    read -r CROSS_TRIPLET CROSS_DEBIAN CROSS_PROCESSOR <<<"${CROSS_NAMES[$1]}"
}

# What the linker needs for the other processor: its C library from Debian's cross packages, and OpenBLAS, which is not among these.
install_cross_tools() {
    install_packages "gcc-$CROSS_TRIPLET" "libc6-dev-$CROSS_DEBIAN-cross" llvm
    local folder="$ARTIFACTS/cross/$RUNTIME"
    CROSS_OPENBLAS="$folder/usr/lib/$CROSS_PROCESSOR-linux-gnu/openblas-serial/libopenblas.a"
    [ -f "$CROSS_OPENBLAS" ] || unpack_foreign_package libopenblas-serial-dev "$folder"
    [ -f "$CROSS_OPENBLAS" ] || fail "libopenblas-serial-dev for $CROSS_DEBIAN has no $CROSS_OPENBLAS"
}

# unpack_foreign_package NAME FOLDER: without installing it and without telling the system's apt about the other processor.
unpack_foreign_package() {
    local work
    say "getting $1 for $CROSS_DEBIAN"
    work="$(mktemp -d)"
    mkdir -p "$work/lists/partial" "$work/cache" "$2"
    local apt=(apt-get -qq -o APT::Architecture="$CROSS_DEBIAN" -o APT::Architectures="$CROSS_DEBIAN" -o APT::Sandbox::User=root
        -o Dir::State::lists="$work/lists" -o Dir::State::status=/dev/null -o Dir::Cache="$work/cache")
    if "${apt[@]}" update && (cd "$work" && "${apt[@]}" download "$1") && dpkg-deb -x "$work/$1"_*.deb "$2"; then
        rm -rf "$work"
    else
        rm -rf "$work"
        fail "$1 for $CROSS_DEBIAN could not be downloaded"
    fi >&2
}

# check_foreign_program: the function's self-check under an emulator, which computes as the processor does, only slower.
check_foreign_program() {
    install_packages qemu-user
    "qemu-$CROSS_PROCESSOR" -L "/usr/$CROSS_PROCESSOR-linux-gnu" "$BIN/bootstrap" self-check || fail "the self-check failed under qemu-$CROSS_PROCESSOR"
}
