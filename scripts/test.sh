#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test; ends with one line of totals.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/tests.sh"

install_build_tools
install_test_tools

dotnet build "$ROOT/AotRecTrainer.sln" -c Release -v quiet -nologo
"$ROOT/scripts/publish.sh"
run_test_projects
