#!/usr/bin/env bash
# Deploys Psoxy.Gcp with gcloud. psoxy.yaml says what; docs/deploy.md says more. Runs on bash 3.2, which macOS has.
set -eEuo pipefail
# shellcheck disable=SC2154  # project, region, name ... are set by settings
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./deploy.sh COMMAND [--dry-run] [--yes] [--connector ID]... [--config FILE]

  check     are the tools here, is gcloud signed in, is psoxy.yaml valid
  apply     enable APIs, make service accounts and secrets, deploy the functions; again and again, only what has changed
  smoke     call each function with gcloud: its health check, then a request of each kind that needs no id
  todo      write the hand-over for the caller: URLs, salt fingerprint, requests to try
  destroy   delete functions and service accounts; salt and key stay, unless --forget-pseudonyms is given twice

  --dry-run         print the gcloud commands that would change something, and run none of them
  --yes             do not ask
  --connector ID    only this one; may be repeated
  --config FILE     psoxy.yaml by default

exit codes: 0 done, 1 a step failed (it says which, and what to do), 2 wrong usage, 3 psoxy.yaml is invalid, 130 Ctrl-C
TEXT
}

command='' dry='' yes='' forget=0 config=psoxy.yaml chosen=''
while [ $# -gt 0 ]; do
  case "$1" in
    check | apply | smoke | todo | destroy) command=$1 ;;
    --dry-run) dry=1 ;;
    --yes) yes=1 ;;
    --forget-pseudonyms) forget=$((forget + 1)) ;;
    --connector | --config)
      if [ $# -lt 2 ]; then printf 'deploy.sh: %s takes a value.\n' "$1" >&2; exit 2; fi
      if [ "$1" = --config ]; then config=$2; else chosen="$chosen $2"; fi
      shift ;;
    -h | --help | help) usage; exit 0 ;;
    *) printf 'deploy.sh: what is %s?\n' "$1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done
if [ -z "$command" ]; then usage >&2; exit 2; fi

work=$(mktemp -d) step='start' fix='see the message above'
again="./deploy.sh $command --config $config"
for id in $chosen; do again="$again --connector $id"; done

fail() {
  local code=$?
  trap - ERR
  printf '\nfailed: %s\n   fix: %s\nresume: %s   (what is done is not done again)\n' "$step" "$fix" "$again" >&2
  if [ "$code" -ne 3 ]; then code=1; fi
  exit "$code"
}
trap 'rm -rf "$work"' EXIT
trap fail ERR
trap 'printf "\nstopped: %s\nresume: %s\n" "$step" "$again" >&2; exit 130' INT TERM

step() { step=$1 fix=$2; printf '\n%s\n' "$1"; }
say() { printf '  %s\n' "$1"; }

# Prints a command that changes something, and runs it unless this is a dry run.
run() {
  printf '  +'; printf ' %q' "$@"; printf '\n'
  if [ -z "$dry" ]; then "$@"; fi
}

# Whether a thing that gcloud describes is there. Any other answer than yes or no is a failure.
exists() {
  if "$@" --format='value(name)' >/dev/null 2>"$work/error"; then return 0; fi
  if grep -Eq 'NOT_FOUND|status=\[404\]|HTTPError 404|Unknown service account' "$work/error"; then return 1; fi
  cat "$work/error" >&2; fail
}

# What was made a moment ago may not be known everywhere yet.
patiently() {
  local pause
  for pause in 2 4 8 16 32; do
    if "$@" 2>"$work/error"; then cat "$work/error" >&2; return 0; fi
    if ! grep -Eq 'does not exist|ABORTED|concurrent policy changes|has not been used in project' "$work/error"; then break; fi
    say "not there yet; again in $pause s"; sleep "$pause"
  done
  cat "$work/error" >&2; fail
}

psoxy() { dotnet "$cli" "$@"; }
cli=${PSOXY_CLI:-tools/Psoxy.Cli/bin/Release/net10.0/Psoxy.Cli.dll}
if [ -z "${PSOXY_CLI:-}" ]; then
  step='build the psoxy command' fix='install the .NET SDK that global.json asks for'
  dotnet build tools/Psoxy.Cli -c Release -v q -nologo >"$work/build" 2>&1 || { cat "$work/build" >&2; fail; }
fi

# Sets project, region, connectors, invokers, salt, encryptionKey ...; with an id also name, serviceAccount, functionClass ...
settings() { local lines; lines=$(psoxy config shell --config "$config" ${1:+--connector "$1"}); eval "$lines"; }
step="read $config" fix="psoxy config check --config $config; psoxy init makes a new one"
settings
export CLOUDSDK_CORE_PROJECT=$project CLOUDSDK_CORE_DISABLE_PROMPTS=1
ids=${chosen:-$connectors}

check() {
  local missing=0 account
  say "psoxy.yaml is valid: project $project, region $region, connectors: $connectors"
  if command -v gcloud >/dev/null; then say 'gcloud is there'; else say 'gcloud is missing. fix: install the Google Cloud CLI'; return 1; fi
  account=$(gcloud auth list --filter=status:ACTIVE --format='value(account)' 2>/dev/null || true)
  if [ -n "$account" ]; then say "signed in as $account"; else say 'nobody is signed in. fix: gcloud auth login'; missing=1; fi
  if exists gcloud projects describe "$project"; then say "project $project is there"; else say "project $project is not there, or not for $account. fix: gcloud projects list"; missing=1; fi
  for id in $ids; do
    settings "$id"
    if [ -n "${clientId:-}" ]; then say "$id has its Entra application, $clientId"; else say "$id has no Entra application. fix: psoxy entra apply"; missing=1; fi
  done
  return $missing
}

apply() {
  step 'enable the APIs' "needs roles/serviceusage.serviceUsageAdmin on $project, and a billing account on it"
  local api wanted='' enabled
  enabled=" $(gcloud services list --enabled --format='value(config.name)' | tr '\n' ' ')"
  for api in run cloudfunctions cloudbuild artifactregistry secretmanager iam iamcredentials; do
    case "$enabled" in *" $api.googleapis.com "*) ;; *) wanted="$wanted $api.googleapis.com" ;; esac
  done
  # shellcheck disable=SC2086 # words
  if [ -n "$wanted" ]; then run gcloud services enable $wanted; else say 'all are enabled'; fi

  secret "$salt" 'the salt'
  secret "$encryptionKey" 'the encryption key'
  for id in $ids; do connector "$id"; done
  printf '\ndone. next: ./deploy.sh smoke\n'
}

# Makes a secret unless it is there. What it holds is made here, goes through a pipe, and is never overwritten: pseudonyms depend on it.
secret() {
  local version=$1 name=${1%/versions/*}
  step "$2: $version" "needs roles/secretmanager.admin on $project; or name a secret that is there in $config"
  if exists gcloud secrets versions describe "$version"; then say 'is there'; return; fi
  if [ "${version##*/}" != 1 ]; then say "version ${version##*/} is not there, and only a first one is made here"; false; fi
  # Half-way made: the secret is there, its first version is not.
  if exists gcloud secrets describe "$name"; then fill gcloud secrets versions add "$name" --data-file=-
  else fill gcloud secrets create "$name" --replication-policy=automatic --data-file=-; fi
}

# 36 random bytes as text, straight into a command: never an argument, never a file, no line break at the end.
fill() {
  if [ -n "$dry" ]; then run "$@"; return; fi
  openssl rand -base64 36 | tr -d '\n' | { trap - ERR; run "$@"; }
}

connector() {
  settings "$1"
  local member="serviceAccount:$serviceAccount" version member_of_caller content deployed

  step "$1: service account $serviceAccount" "needs roles/iam.serviceAccountAdmin on $project"
  if exists gcloud iam service-accounts describe "$serviceAccount"; then say 'is there'
  else run gcloud iam service-accounts create "$name" --display-name="Psoxy function $1"; fi

  step "$1: may read salt and key, and nothing else" "needs roles/secretmanager.admin on the secrets' project"
  for version in "$salt" "$encryptionKey"; do
    if bound gcloud secrets get-iam-policy "${version%/versions/*}" roles/secretmanager.secretAccessor "$member"; then say "may read ${version%/versions/*}"
    else patiently run gcloud secrets add-iam-policy-binding "${version%/versions/*}" --member="$member" --role=roles/secretmanager.secretAccessor --condition=None --format=none; fi
  done

  step "$1: function $name" "needs roles/cloudfunctions.developer on $project and roles/iam.serviceAccountUser on $serviceAccount; a failed build tells more in: gcloud builds list --region=$region"
  psoxy config env --connector "$1" --config "$config" >"$work/env"
  content=$( { uploaded; cat "$work/env"; printf '%s\n' "$memory" "$minInstances" "$maxInstances" "$timeout" "$salt" "$encryptionKey" "$serviceAccount"; } | openssl dgst -sha256 -r | cut -c1-40)
  deployed=''
  if exists gcloud functions describe "$name" --gen2 --region="$region"; then
    deployed=$(gcloud functions describe "$name" --gen2 --region="$region" --format='value(labels.psoxy-content,state)' | tr '\t' ' ')
  fi
  if [ "$deployed" = "$content ACTIVE" ]; then say 'is there, and nothing has changed'
  else
    run gcloud functions deploy "$name" --gen2 --region="$region" --runtime=dotnet10 --source=. --trigger-http --no-allow-unauthenticated \
      --entry-point="$functionClass" --service-account="$serviceAccount" --memory="$memory" --min-instances="$minInstances" --max-instances="$maxInstances" --timeout="${timeout}s" \
      --env-vars-file="$work/env" --set-secrets="PSOXY_SALT=${salt%/versions/*}:${salt##*/},PSOXY_ENCRYPTION_KEY=${encryptionKey%/versions/*}:${encryptionKey##*/}" \
      --set-build-env-vars=GOOGLE_BUILDABLE=functions/Psoxy.Gcp/Psoxy.Gcp.csproj,GoogleCloudPackages=nuget --update-labels="psoxy-content=$content" --format=none
  fi

  step "$1: callers" "needs roles/run.admin on $project"
  for member_of_caller in $invokers; do
    if [ -z "$dry" ] && bound gcloud run services get-iam-policy "$name" --region="$region" roles/run.invoker "$member_of_caller"; then say "$member_of_caller may call"
    else patiently run gcloud functions add-invoker-policy-binding "$name" --region="$region" --member="$member_of_caller" --format=none; fi
  done
  if [ -z "$invokers" ]; then say "nobody is named in $config: nobody may call"; fi
}

# Whether a policy gives a role to a member: a get-iam-policy command, the role, the member.
bound() {
  local count=$#
  local member=${!count} role
  count=$((count - 1)); role=${!count}
  "${@:1:count-1}" --flatten='bindings[].members' --filter="bindings.role=$role" --format='value(bindings.members)' >"$work/policy" 2>"$work/error" || { cat "$work/error" >&2; fail; }
  grep -Fqx "$member" "$work/policy"
}

# The names and digests of all that gcloud would upload.
uploaded() { gcloud meta list-files-for-upload . | LC_ALL=C sort | tr '\n' '\0' | xargs -0 openssl dgst -sha256 -r; }

chosen_options() { local id; for id in $chosen; do printf -- '--connector\n%s\n' "$id"; done; }

destroy() {
  if [ -z "$yes" ] && [ -z "$dry" ]; then
    printf 'This deletes in %s: the functions and service accounts of %s.\n' "$project" "$ids"
    if [ "$forget" -ge 2 ]; then printf 'It also deletes salt and key: no pseudonym that was ever made can be made again.\n'; fi
    printf 'Type the project id to go on: '
    local answer; read -r answer
    if [ "$answer" != "$project" ]; then printf 'nothing was changed\n'; return 1; fi
  fi
  local id version
  for id in $ids; do
    settings "$id"
    step "$id: function $name" "needs roles/cloudfunctions.developer on $project"
    if exists gcloud functions describe "$name" --gen2 --region="$region"; then run gcloud functions delete "$name" --gen2 --region="$region" --quiet; else say 'is not there'; fi
    step "$id: service account $serviceAccount" "needs roles/iam.serviceAccountAdmin on $project"
    if exists gcloud iam service-accounts describe "$serviceAccount"; then
      for version in "$salt" "$encryptionKey"; do
        if bound gcloud secrets get-iam-policy "${version%/versions/*}" roles/secretmanager.secretAccessor "serviceAccount:$serviceAccount"; then
          run gcloud secrets remove-iam-policy-binding "${version%/versions/*}" --member="serviceAccount:$serviceAccount" --role=roles/secretmanager.secretAccessor --condition=None --format=none
        fi
      done
      run gcloud iam service-accounts delete "$serviceAccount" --quiet
    else say 'is not there'; fi
  done
  step 'salt and key' "needs roles/secretmanager.admin on $project"
  for version in "$salt" "$encryptionKey"; do
    if [ "$forget" -lt 2 ]; then say "${version%/versions/*} stays (--forget-pseudonyms twice deletes it)"
    elif exists gcloud secrets describe "${version%/versions/*}"; then run gcloud secrets delete "${version%/versions/*}" --quiet; fi
  done
  printf '\ndone. Entra applications stay: psoxy entra destroy. So do the APIs, and what builds left in Artifact Registry (gcf-artifacts) and Cloud Storage (gcf-v2-*).\n'
}

case "$command" in
  check) step 'check' 'see above'; check || exit 1 ;;
  apply) apply ;;
  smoke | todo)
    # shellcheck disable=SC2046 # words
    psoxy "$command" --config "$config" $(chosen_options) || { code=$?; trap - ERR; exit "$code"; } ;;
  destroy) destroy || exit 1 ;;
esac
