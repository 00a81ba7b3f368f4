#!/usr/bin/env bash
# Creates or updates the stack of scripts/aws/template.yaml: the bucket, coordinator and worker from one image.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/aws.sh"

TEMPLATE="$ROOT/scripts/aws/template.yaml"

usage() {
    cat <<'TEXT'
Usage: scripts/deploy.sh --image URI [--stack NAME] [--tag KEY=VALUE]... [PARAMETER=VALUE]...

  --image URI      the image in ECR, best by digest, as scripts/push-ecr.sh prints it
  --stack NAME     name of the stack, and what its functions' names begin with [default: aotrec]
  --tag KEY=VALUE  a tag for everything in the stack

Parameters of the template, each with a default:
TEXT
    awk '/^Parameters:/ { on = 1; next } /^[A-Z]/ { on = 0 }
        on && /^  [A-Za-z]+:$/ { name = $1; sub(":", "", name) }
        on && /^    Default:/ { value[name] = $2 }
        on && /^    Description:/ && name in value { sub(/^    Description: /, ""); printf "  %-20s %s [default: %s]\n", name, $0, value[name] }' "$TEMPLATE"
}

image="" stack=aotrec tags=(project=aotrec) parameters=()
while [ $# -gt 0 ]; do
    case "$1" in
        --image) option_value "$@"; image="$OPTION"; shift ;;
        --stack) option_value "$@"; stack="$OPTION"; shift ;;
        --tag) option_value "$@"; tags+=("$OPTION"); shift ;;
        --help | -h) usage; exit 0 ;;
        [A-Z]*=*)
            grep -q "^  ${1%%=*}:\$" <(sed -n '/^Parameters:/,/^Conditions:/p' "$TEMPLATE") ||
                { say "error: '${1%%=*}' is not a parameter of the template; --help lists them"; exit 2; }
            parameters+=("$1")
            ;;
        *) say "error: '$1' is not an option; --help lists them"; exit 2 ;;
    esac
    shift
done
if [ -z "$image" ]; then say "error: --image is missing; scripts/push-ecr.sh prints one"; exit 2; fi
[[ "$stack" =~ ^[a-z][a-z0-9-]{0,39}$ ]] || { say "error: --stack '$stack', expected up to 40 lower-case letters, digits and '-'"; exit 2; }

require_aws
say "deploying stack $stack to $AWS_REGION"
aws cloudformation deploy --stack-name "$stack" --template-file "$TEMPLATE" --capabilities CAPABILITY_IAM \
    --no-fail-on-empty-changeset --tags "${tags[@]}" --parameter-overrides ImageUri="$image" "${parameters[@]}" >&2 ||
    fail "the stack was not deployed; 'aws cloudformation describe-stack-events --stack-name $stack' says why"
for name in Bucket Coordinator Worker DeadLetters; do printf '%-12s %s\n' "$name" "$(stack_resource "$stack" "$name")"; done
