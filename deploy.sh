#!/usr/bin/env bash
# Deploys Psoxy.Gcp with gcloud. First version: it checks what a deployment needs; the other steps say so and fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./deploy.sh check

  check     are the tools here, is gcloud signed in, is a project chosen

Not written yet, and refused: apply, smoke, todo, destroy.
exit codes: 0 all is well, 1 something is missing, 2 wrong usage, 3 not written yet
TEXT
}

missing=0
ok() { printf 'ok       %s\n' "$1"; }
bad() { printf 'missing  %s\n         fix: %s\n' "$1" "$2"; missing=1; }

check() {
  if command -v dotnet >/dev/null && dotnet --version >/dev/null 2>&1; then ok "dotnet SDK $(dotnet --version)"; else
    bad 'the .NET SDK that global.json asks for' 'install .NET SDK 10'; fi
  if ! command -v gcloud >/dev/null; then bad 'gcloud' 'install the Google Cloud CLI'; return; fi
  ok 'gcloud'
  local account project
  account=$(gcloud auth list --filter=status:ACTIVE --format='value(account)' 2>/dev/null || true)
  if [ -n "$account" ]; then ok "signed in as $account"; else bad 'an active gcloud account' 'gcloud auth login'; fi
  project=$(gcloud config get-value project 2>/dev/null || true)
  if [ -n "$project" ] && [ "$project" != '(unset)' ]; then ok "project $project"; else
    bad 'a project' 'gcloud config set project PROJECT_ID'; fi
}

case "${1:-}" in
  check) check; exit "$missing" ;;
  apply | smoke | todo | destroy)
    printf 'deploy.sh: %s is not written yet; nothing was changed. See docs/deploy.md for what a deployment needs.\n' "$1" >&2; exit 3 ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 2 ;;
esac
