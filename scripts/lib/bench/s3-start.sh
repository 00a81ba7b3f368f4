# what the first requests to S3 cost a native process: the same command on a directory and on a local moto_server
source "$ROOT/scripts/lib/programs.sh"

S3_START_RUNS=15

bench() {
    [ $# -eq 0 ] || usage
    command -v moto_server >/dev/null 2>&1 || fail "moto_server is needed; scripts/test.sh installs it"
    publish_programs
    local work port
    work="$(mktemp -d)"
    port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
    moto_server -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 &
    # shellcheck disable=SC2064 # the server and folder of now
    trap "kill $! 2>/dev/null; rm -rf '$work'" EXIT
    export AWS_ENDPOINT_URL_S3="http://127.0.0.1:$port" AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench
    until curl -s -o "$work/answer" "$AWS_ENDPOINT_URL_S3"; do sleep 0.1; done
    curl -s -o "$work/answer" -X PUT "$AWS_ENDPOINT_URL_S3/bench"

    "$BIN/data-prep" synth --users 20 --items 40 --ratings 500 --output "$work/ratings.dat" >/dev/null 2>&1
    "$BIN/data-prep" shard --input "$work/ratings.dat" --shards 1 --output "$work/data" >/dev/null 2>&1
    "$BIN/data-prep" shard --input "$work/ratings.dat" --shards 1 --output "s3://bench/data" >/dev/null 2>&1
    python3 - "$S3_START_RUNS" "$BIN/data-prep" "$work/data" "s3://bench/data" <<'PYTHON'
import statistics, subprocess, sys, time, urllib.request, os

runs, program, *locations = sys.argv[1:]
medians = []
for location in locations:
    times = []
    for run in range(int(runs) + 2):
        start = time.perf_counter()
        subprocess.run([program, "inspect", location], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(1000 * (time.perf_counter() - start))
    times = sorted(times[2:])
    medians.append(statistics.median(times))
    print(f"inspect {location.split(':')[0] if ':' in location else 'directory'}: "
          f"median {medians[-1]:.1f} ms of {len(times)} ({times[0]:.1f} .. {times[-1]:.1f})")
url = os.environ["AWS_ENDPOINT_URL_S3"] + "/bench/data/manifest.json"
answers = []
for _ in range(50):
    start = time.perf_counter()
    try:
        urllib.request.urlopen(url).read()
    except urllib.error.HTTPError:
        pass
    answers.append(1000 * (time.perf_counter() - start))
print(f"the server's own share: {statistics.median(answers):.1f} ms a request")
print(f"S3 instead of a directory: {medians[1] - medians[0]:.1f} ms more")
PYTHON
}
