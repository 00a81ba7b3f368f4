#!/usr/bin/env bash
# Deletes what scripts/deploy.sh made. Data sets and models are deleted only when told to.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/aws.sh"

usage() {
    cat <<'TEXT'
Usage: scripts/destroy.sh [--stack NAME] [--with-data]

  --stack NAME  name of the stack [default: aotrec]
  --with-data   deletes what is in the bucket too; without it a bucket that is not empty keeps the stack as it is
TEXT
}

stack=aotrec with_data=false
while [ $# -gt 0 ]; do
    case "$1" in
        --stack) option_value "$@"; stack="$OPTION"; shift ;;
        --with-data) with_data=true ;;
        --help | -h) usage; exit 0 ;;
        *) say "error: '$1' is not an option; --help lists them"; exit 2 ;;
    esac
    shift
done

require_aws
aws cloudformation describe-stacks --stack-name "$stack" >/dev/null 2>&1 || { say "error: there is no stack $stack in $AWS_REGION"; exit 2; }
bucket="$(stack_resource "$stack" Bucket)"
if $with_data; then
    say "deleting everything in $bucket"
    aws s3 rm --recursive --quiet "s3://$bucket" || fail "the bucket $bucket could not be emptied"
elif [ "$(aws s3api list-objects-v2 --bucket "$bucket" --max-keys 1 --query KeyCount --output text)" != 0 ]; then
    say "error: the bucket $bucket is not empty; --with-data deletes it with everything in it"
    exit 2
fi
say "deleting stack $stack"
aws cloudformation delete-stack --stack-name "$stack"
aws cloudformation wait stack-delete-complete --stack-name "$stack" ||
    fail "the stack was not deleted; 'aws cloudformation describe-stack-events --stack-name $stack' says why"
