#!/usr/bin/env bash
# Installs the linters that judge our OpenAPI documents (Redocly CLI, Spectral) into build/peers.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
target="$here/../../build/peers"
mkdir -p "$target"
cp "$here/package.json" "$here/package-lock.json" "$target/"
cd "$target"
npm ci --ignore-scripts --no-audit --no-fund --silent
