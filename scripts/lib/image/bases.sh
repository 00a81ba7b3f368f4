# The base images: Microsoft's where they can be pulled, else stand-ins made from this machine. Sourced after engine.sh.
#
# A stand-in has the distribution's packages from debootstrap, the SDK that is installed here, and this machine's certificates, package
# feeds and proxies, which are read when it is made and written nowhere else. It shows that the Dockerfile builds and that the image
# runs; what is published is built on the real ones.

PULL_SECONDS_MAX=120
STANDIN_USER=1654

# base_image NAME STANDIN: prints what to build on, the image NAME or the stand-in that the function STANDIN makes.
base_image() {
    local name="$1" standin="$2" tag="aotrec-standin-$2:latest"
    if docker image inspect "$name" >/dev/null 2>&1 || timeout "$PULL_SECONDS_MAX" docker pull --quiet "$name" >/dev/null 2>&1; then
        printf '%s\n' "$name"
        return
    fi
    if ! docker image inspect "$tag" >/dev/null 2>&1; then
        say "$name cannot be pulled; making a stand-in for it from this machine"
        "standin_$standin" "$tag" || fail "no stand-in for $name could be made"
    fi
    printf '%s\n' "$tag"
}

# What stands for Microsoft's SDK image: Debian, the compilers, the SDK.
standin_sdk() {
    standin_root
    local sdk
    sdk="$(dirname "$(readlink -f "$(command -v dotnet)")")"
    mkdir -p "$STANDIN_ROOT/usr/share/dotnet" "$STANDIN_ROOT/root/.nuget/NuGet"
    cp -a "$sdk/." "$STANDIN_ROOT/usr/share/dotnet/"
    ln -sf /usr/share/dotnet/dotnet "$STANDIN_ROOT/usr/bin/dotnet"
    cp "${HOME}/.nuget/NuGet/NuGet.Config" "$STANDIN_ROOT/root/.nuget/NuGet/NuGet.Config" 2>/dev/null || true
    apt-config dump | grep -E '^Acquire::(http|https|ftp)::' >"$STANDIN_ROOT/etc/apt/apt.conf.d/90machine" || true
    local settings=(--change 'ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1') name
    for name in $(compgen -e | grep -E '^(NUGET_|DOTNET_CLI_|SSL_CERT_|https?_proxy$|no_proxy$|HTTPS?_PROXY$|NO_PROXY$)'); do
        settings+=(--change "ENV $name=${!name}")
    done
    tar -C "$STANDIN_ROOT" -c . | docker import "${settings[@]}" - "$1" >/dev/null
    rm -rf "${STANDIN_ROOT:?}/usr/share/dotnet"
}

# What stands for the chiseled runtime-deps image: the libraries that .NET needs and their data, no shell, no package manager.
standin_runtime_deps() {
    standin_root
    standin_files | tar -C "$STANDIN_ROOT" --no-recursion -T - -c |
        docker import --change "USER $STANDIN_USER" --change "ENV APP_UID=$STANDIN_USER" - "$1" >/dev/null
}

# What stands for the runtime-deps image that is not chiseled: what the chiseled one has, and a shell with the usual commands.
standin_runtime_shell() {
    standin_root
    { standin_files; files_of dash coreutils libacl1 libattr1 libgmp10 libpcre2-8-0 libselinux1 | grep -v '^usr/share/'; } |
        tar -C "$STANDIN_ROOT" --no-recursion -T - -c | docker import - "$1" >/dev/null
}

# What stands for the chiseled runtime image: the same, and the .NET runtime.
standin_runtime() {
    standin_root
    local sdk
    sdk="$(dirname "$(readlink -f "$(command -v dotnet)")")"
    mkdir -p "$STANDIN_ROOT/usr/share/dotnet/shared"
    cp -a "$sdk/host" "$sdk/dotnet" "$STANDIN_ROOT/usr/share/dotnet/"
    cp -a "$sdk/shared/Microsoft.NETCore.App" "$STANDIN_ROOT/usr/share/dotnet/shared/"
    { standin_files; (cd "$STANDIN_ROOT" && find usr/share/dotnet); } | tar -C "$STANDIN_ROOT" --no-recursion -T - -c |
        docker import --change "USER $STANDIN_USER" --change 'ENV DOTNET_ROOT=/usr/share/dotnet' - "$1" >/dev/null
    rm -rf "${STANDIN_ROOT:?}/usr/share/dotnet"
}

# The tree that stand-ins are made from, once: STANDIN_ROOT.
standin_root() {
    STANDIN_ROOT="$WORK/standin"
    [ ! -f "$WORK/standin.made" ] || return 0
    [ "$(id -u)" -eq 0 ] || fail "stand-ins for base images need root"
    install_packages debootstrap
    local suite mirror tree
    suite="$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")"
    # shellcheck disable=SC2016 # apt's own placeholders
    mirror="$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | awk -v suite="$suite" '$2 == suite { print $1; exit }')"
    tree="$STANDIN_ROOT"
    debootstrap --variant=minbase --include=ca-certificates,clang,zlib1g-dev,libopenblas-serial-dev,libssl3,tzdata \
        "$suite" "$tree" "$mirror" >"$WORK/debootstrap.log" 2>&1 || { tail -n 5 "$WORK/debootstrap.log" >&2; fail "debootstrap failed"; }
    cp /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
    printf 'app:x:%d:%d::/home/app:/sbin/nologin\n' "$STANDIN_USER" "$STANDIN_USER" >>"$tree/etc/passwd"
    printf 'app:x:%d:\n' "$STANDIN_USER" >>"$tree/etc/group"
    touch "$WORK/standin.made"
}

standin_files() {
    printf '%s\n' etc/passwd etc/group etc/ssl/certs/ca-certificates.crt etc/os-release tmp
    files_of libc6 libgcc-s1 libstdc++6 libssl3 zlib1g tzdata | grep -E '\.so|zoneinfo|^etc/ld'
}

# files_of PACKAGE...: the files of the tree's packages, relative to it.
files_of() {
    chroot "$STANDIN_ROOT" dpkg -L "$@" | sed -n 's|^/||p' | sort -u |
        while IFS= read -r file; do [ -d "$STANDIN_ROOT/$file" ] || printf '%s\n' "$file"; done
}
