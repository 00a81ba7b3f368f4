#!/usr/bin/env bash
# Compiles the three programs (bootstrap, aotrec, data-prep) to native code under artifacts/bin; quick when nothing changed.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$ROOT/scripts/lib/programs.sh"

publish_programs
