# Servers that the verbs start for themselves, on free ports of 127.0.0.1. Sourced after common.sh; needs WORK and BACKGROUND.

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# await_port PORT LOG: until somebody listens.
await_port() {
    local attempt
    for attempt in {1..150}; do
        if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
        sleep 0.2
    done
    tail -n 20 "$2" >&2
    fail "nobody listens on port $1 after 30 s"
}

# start_s3 BUCKET [https]: an empty bucket, and the variables that lead the AWS SDK to it.
start_s3() {
    local port protocol="${2:-http}" options=()
    command -v moto_server >/dev/null 2>&1 || python3 -m pip install --quiet 'moto[s3,server]' || fail "moto_server cannot be installed"
    if [ "$protocol" = https ]; then
        openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
            -keyout "$WORK/s3.key" -out "$WORK/s3.crt" 2>/dev/null || fail "openssl could not make a certificate"
        options=(--ssl-cert "$WORK/s3.crt" --ssl-key "$WORK/s3.key")
        export SSL_CERT_FILE="$WORK/s3.crt"
    fi
    port="$(free_port)"
    moto_server -H 127.0.0.1 -p "$port" ${options[@]+"${options[@]}"} >"$WORK/s3.log" 2>&1 &
    BACKGROUND+=($!)
    await_port "$port" "$WORK/s3.log"
    export AWS_ENDPOINT_URL_S3="$protocol://127.0.0.1:$port" AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
    export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_EC2_METADATA_DISABLED=true
    python3 - "$AWS_ENDPOINT_URL_S3/$1" <<'PYTHON' || fail "no bucket could be made"
import sys, urllib.request
urllib.request.urlopen(urllib.request.Request(sys.argv[1], method="PUT"))
PYTHON
}
