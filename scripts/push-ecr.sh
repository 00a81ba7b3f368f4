#!/usr/bin/env bash
# Pushes the function's image to ECR, into a repository that it makes if need be, and prints the image's address by digest.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/aws.sh"

usage() {
    cat <<'TEXT'
Usage: scripts/push-ecr.sh [--image NAME] [--repository NAME] [--tag TAG]

  --image NAME       the image to push, as scripts/image.sh build made it [default: aotrec:latest]
  --repository NAME  the repository; made with scanning on push and tags that cannot be moved if it is not there [default: aotrec]
  --tag TAG          the image's tag there [default: the revision that it was built from]

AOTREC_REGISTRY names another registry's host and port than ECR's, for a try without AWS.
TEXT
}

image="${AOTREC_IMAGE:-aotrec:latest}" repository=aotrec tag=""
while [ $# -gt 0 ]; do
    case "$1" in
        --image) option_value "$@"; image="$OPTION"; shift ;;
        --repository) option_value "$@"; repository="$OPTION"; shift ;;
        --tag) option_value "$@"; tag="$OPTION"; shift ;;
        --help | -h) usage; exit 0 ;;
        *) say "error: '$1' is not an option; --help lists them"; exit 2 ;;
    esac
    shift
done

command -v docker >/dev/null 2>&1 || fail "docker was not found; it pushes the image"
docker image inspect "$image" >/dev/null 2>&1 || { say "error: there is no image $image; scripts/image.sh build makes it"; exit 2; }
if [ -z "$tag" ]; then
    tag="$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.revision"}}' "$image" | cut -c1-12)"
    case "$tag" in "" | unknown) say "error: $image does not say which revision it was built from; give --tag"; exit 2 ;; esac
fi

require_aws
if ! uri="$(aws ecr describe-repositories --repository-names "$repository" --query 'repositories[0].repositoryUri' --output text 2>/dev/null)"; then
    say "making the repository $repository in $AWS_REGION"
    uri="$(aws ecr create-repository --repository-name "$repository" --image-scanning-configuration scanOnPush=true \
        --image-tag-mutability IMMUTABLE --tags Key=project,Value=aotrec --query repository.repositoryUri --output text)" ||
        fail "the repository $repository could not be made"
fi
[ -z "${AOTREC_REGISTRY:-}" ] || uri="$AOTREC_REGISTRY/$repository"

aws ecr get-login-password | docker login --username AWS --password-stdin "${uri%%/*}" >/dev/null 2>&1 || fail "login to ${uri%%/*} failed"
docker tag "$image" "$uri:$tag"
say "pushing $uri:$tag"
docker push "$uri:$tag" >&2 || fail "pushing failed"
docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$uri:$tag" | grep -m 1 "^$uri@"
