#!/bin/sh
# One function environment as a container: what the local stand-in for Lambda starts in place of a program. Its variables are passed
# on, its memory is the container's, and like on Lambda nothing but /tmp can be written.
set -- run --rm --network host --read-only --tmpfs /tmp --memory "${AWS_LAMBDA_FUNCTION_MEMORY_SIZE}m" \
    --label aotrec.function="$AOTREC_LABEL" $(env | sed -n 's/^\(AWS_[A-Z0-9_]*\|_HANDLER\)=.*/--env \1/p') "$AOTREC_IMAGE"
exec docker "$@"
