#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test; ends with one line of totals.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"
source "$ROOT/scripts/lib/tests.sh"

case "${1:-}" in
    --help | -h)
        printf 'Usage: scripts/test.sh [PART...]\n\nRuns all tests, or those of the named parts: %s\n' "$(test_parts)"
        exit 0
        ;;
esac
projects="$(test_projects "$@")"

require_dotnet
install_test_tools
publish_programs
say "building the tests"
dotnet build "$ROOT/AotRecTrainer.sln" -c Release -v quiet -nologo >&2
# shellcheck disable=SC2086 # a list of names
run_test_projects $projects
