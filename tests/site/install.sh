#!/usr/bin/env bash
# Installs what the browser tests run inside the page (axe-core) into build/site-tests.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
target="$here/../../build/site-tests"
mkdir -p "$target"
cp "$here/package.json" "$here/package-lock.json" "$target/"
cd "$target"
npm ci --ignore-scripts --no-audit --no-fund --silent
