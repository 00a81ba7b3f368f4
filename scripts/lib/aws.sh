# What the scripts that talk to AWS share. Sourced after common.sh. Region, credentials and endpoints are the AWS CLI's own settings.

require_aws() {
    command -v aws >/dev/null 2>&1 || fail "the AWS CLI was not found; install it from https://aws.amazon.com/cli/ (Debian: apt-get install awscli)"
    local region="${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}"
    [ -n "$region" ] || fail "no region is set; set AWS_REGION or run 'aws configure'"
    export AWS_REGION="$region" AWS_DEFAULT_REGION="$region" AWS_PAGER=""
}

# option_value NAME VALUES...: the value after an option, in OPTION; ends with code 2 when there is none.
option_value() {
    if [ $# -lt 2 ] || [ -z "$2" ]; then say "error: $1 needs a value"; exit 2; fi
    OPTION="$2"
}

# stack_resource STACK NAME: what a resource of the template is called in a stack; nothing when there is no such stack.
stack_resource() {
    aws cloudformation describe-stack-resource --stack-name "$1" --logical-resource-id "$2" \
        --query StackResourceDetail.PhysicalResourceId --output text 2>/dev/null || true
}
