# A Docker engine: the one that answers, else a private daemon that ends with the caller. Sourced after common.sh.

ENGINE_FOLDER=""
ENGINE_PID=""

# Leaves DOCKER_HOST, when it must, so that 'docker' works. A private daemon needs no bridge and no firewall rules: containers share
# the host's network, which also works where neither may be set up.
engine_start() {
    if command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; then return 0; fi
    [ "$(id -u)" -eq 0 ] || fail "no Docker engine answers, and a private one needs root; start Docker or run as root"
    install_packages docker.io
    ENGINE_FOLDER="$(mktemp -d "${TMPDIR:-/tmp}/aotrec-engine.XXXXXX")"
    export DOCKER_HOST="unix://$ENGINE_FOLDER/socket"
    say "no Docker engine answers; starting a private one under $ENGINE_FOLDER"
    dockerd --iptables=false --bridge=none --data-root "$ENGINE_FOLDER/data" --exec-root "$ENGINE_FOLDER/exec" \
        --pidfile "$ENGINE_FOLDER/pid" --host "$DOCKER_HOST" >"$ENGINE_FOLDER/log" 2>&1 &
    ENGINE_PID=$!
    local attempt
    for attempt in {1..60}; do
        if docker info >/dev/null 2>&1; then return 0; fi
        kill -0 "$ENGINE_PID" 2>/dev/null || break
        sleep 0.5
    done
    tail -n 5 "$ENGINE_FOLDER/log" >&2
    fail "the private Docker engine did not start within 30 s"
}

# Ends what engine_start started, and takes its images with it.
engine_stop() {
    [ -n "$ENGINE_PID" ] || return 0
    kill "$ENGINE_PID" 2>/dev/null || true
    wait "$ENGINE_PID" 2>/dev/null || true
    # Mounts of containers that were killed with the daemon would keep the folder.
    awk -v folder="$ENGINE_FOLDER/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount -l 2>/dev/null || true
    rm -rf "$ENGINE_FOLDER"
    ENGINE_PID=""
}
