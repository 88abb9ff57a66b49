#!/usr/bin/env bash
# Runs a command beside a Slurm of two nodes, whose folder TRAINSPOTTER_SLURM names to it.
set -euo pipefail
nodes=$(cd "$(dirname "$0")" && pwd)/two-nodes.sh
TRAINSPOTTER_SLURM=$(mktemp -d)
export TRAINSPOTTER_SLURM
trap '"$nodes" stop "$TRAINSPOTTER_SLURM" >/dev/null 2>&1 || true; rm -rf "$TRAINSPOTTER_SLURM"' EXIT
"$nodes" start "$TRAINSPOTTER_SLURM"
"$@"
