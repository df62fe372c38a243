#!/usr/bin/env bash
# Deploys Psoxy.Gcp with gcloud. psoxy.yaml says what; docs/deploy.md says more. Runs on bash 3.2, which macOS has.
# shellcheck disable=SC2154  # project, region, name ... are set by settings
set -euo pipefail
set -f

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

mistake() { printf 'deploy.sh: %s\n' "$1" >&2; exit 2; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command='' dry='' yes='' forget=0 config=$here/psoxy.yaml chosen='' again=./deploy.sh
while [ $# -gt 0 ]; do
  case "$1" in
    check | apply | smoke | todo | destroy) if [ -n "$command" ]; then mistake "$command or $1?"; fi; command=$1 again="$again $1" ;;
    --dry-run) dry=1 ;;
    --yes) yes=1 ;;
    --forget-pseudonyms) forget=$((forget + 1)) ;;
    --connector | --config)
      if [ $# -lt 2 ]; then mistake "$1 takes a value."; fi
      again="$again $1 $(printf '%q' "$2")"
      case "$1 $2" in
        '--connector '*) chosen="$chosen $2" ;;
        '--config /'*) config=$2 ;;
        *) config=$PWD/$2 ;;
      esac
      shift ;;
    -h | --help | help) usage; exit 0 ;;
    *) usage >&2; mistake "what is $1?" ;;
  esac
  shift
done
if [ -z "$command" ]; then usage >&2; exit 2; fi
cd "$here"

# Whatever ends it, this says where it stopped and how to go on. psoxy tells its own mistakes: 2 and 3 need no more words.
work=$(mktemp -d) step='' fix=''
finish() {
  local code=$?
  rm -rf "$work"
  case "$code" in
    0 | 2 | 3) exit "$code" ;;
    130 | 143) printf '\nstopped: %s\n' "$step" >&2 ;;
    *) code=1; if [ -n "$step" ]; then printf '\nfailed: %s\n   fix: %s\n' "$step" "$fix" >&2; fi ;;
  esac
  if [ -n "$step" ]; then printf 'resume: %s   (what is done is not done again)\n' "$again" >&2; fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step() { step=$1 fix=$2; printf '\n%s\n' "$1"; }
say() { printf '  %s\n' "$1"; }
need() { if ! command -v "$1" >/dev/null; then printf '%s is not here\n' "$1" >&2; fix="install $2"; exit 1; fi; }

# Runs a command, which may have to wait: what was made or enabled a moment ago is not known everywhere yet, and others change policies too.
# Its output goes to a file, or with "shown" also to where it belongs.
early='has not been used in project|SERVICE_DISABLED|[Ss]ervice account .* (does not exist|was not found)|Permission denied on secret|ABORTED|concurrent policy changes|RESOURCE_EXHAUSTED|Quota exceeded|UNAVAILABLE|status=\[503\]|[Ss]tatus code: (429|503)'
patiently() {
  local pause poll shown=''
  if [ "$1" = shown ]; then shown=1; shift; fi
  for pause in ${PSOXY_PAUSES:-2 4 8 16 32 60} 0; do
    for poll in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      if [ -n "$shown" ]; then
        if { "$@" 2>&1 1>&3 | tee "$work/error" >&2; } 3>&1; then return 0; fi
      elif "$@" >"$work/output" 2>"$work/error"; then return 0; fi
      # A build that a run left going when it broke off takes minutes.
      if ! grep -q 'another operation is in progress' "$work/error"; then break; fi
      say "another operation is in progress; again ($poll) in ${PSOXY_POLL:-15} s"
      sleep "${PSOXY_POLL:-15}"
    done
    if [ "$pause" = 0 ] || ! grep -Eq "$early" "$work/error"; then return 1; fi
    say "not yet ($(grep -Eo "$early" "$work/error" | head -n 1)); again in $pause s"
    sleep "$pause"
  done
}

# Runs a gcloud command that changes something, and shows it; does not run it in a dry run.
run() {
  if [ "$1" = filled ]; then printf "  + openssl rand -base64 36 | tr -d '\\\\n' |"; printf ' %q' "${@:2}"; else printf '  +'; printf ' %q' "$@"; fi
  printf '\n'
  if [ -z "$dry" ]; then patiently shown "$@" || exit 1; fi
}

# Whether a thing that gcloud describes is there. Any other answer than yes or no is a failure. What is described is in $work/output.
exists() {
  if [ -n "$dry" ] && PSOXY_PAUSES=0 patiently "$@"; then return 0; fi
  if [ -z "$dry" ] && patiently "$@"; then return 0; fi
  if grep -Eq 'NOT_FOUND|status=\[404\]|[Ss]tatus code: 404|HTTPError 404|Unknown service account' "$work/error"; then return 1; fi
  if [ -n "$dry" ] && grep -Eq 'has not been used in project|SERVICE_DISABLED' "$work/error"; then return 1; fi
  cat "$work/error" >&2; exit 1
}

# Who has a role, by a get-iam-policy command: one a line, in $work/members.
members() {
  local role=$1; shift
  : >"$work/members"
  if exists "$@" --flatten='bindings[].members' --filter="bindings.role=$role" --format='value(bindings.members)'; then cp "$work/output" "$work/members"; fi
}
is_member() { grep -Fqx -e "$1" "$work/members"; }

psoxy() { dotnet "$cli" "$@"; }

# Sets project, region, connectors, invokers, salt, encryptionKey ...; with an id also name, serviceAccount, functionClass ...
settings() { local lines; lines=$(psoxy config shell --config "$config" ${1:+--connector "$1"}); eval "$lines"; }

check() {
  local missing='' account id
  step check 'see above'
  say "psoxy.yaml is valid: project $project, region $region, connectors: $connectors"
  need gcloud 'the Google Cloud CLI'
  account=$(gcloud auth list --filter=status:ACTIVE --format='value(account)' 2>/dev/null || true)
  if [ -n "$account" ]; then say "signed in as $account"; else say 'nobody is signed in. fix: gcloud auth login'; missing=1; fi
  if gcloud projects describe "$project" --format='value(projectNumber)' >/dev/null 2>"$work/error"; then say "project $project is there"
  else sed 's/^/  /' "$work/error"; say "project $project is not there, or not for $account. fix: gcloud projects list"; missing=1; fi
  for id in $ids; do
    settings "$id"
    if [ -n "$clientId" ]; then say "$id has its Entra application, $clientId"; else say "$id has no Entra application. fix: psoxy entra apply --connector $id"; missing=1; fi
  done
  if [ -n "$missing" ]; then exit 1; fi
}

apply() {
  local id api wanted='' enabled
  step 'Entra applications' "make them first: psoxy entra apply --config $config"
  for id in $ids; do
    settings "$id"
    if [ -z "$clientId" ]; then printf '%s has none yet\n' "$id" >&2; exit 1; fi
    say "$id: $clientId"
  done

  step 'enable the APIs' "needs roles/serviceusage.serviceUsageAdmin on $project, and a billing account on it"
  if ! patiently gcloud services list --enabled --format='value(config.name)'; then cat "$work/error" >&2; exit 1; fi
  enabled=" $(tr '\n' ' ' <"$work/output")"
  for api in run cloudfunctions cloudbuild artifactregistry secretmanager iam cloudresourcemanager; do
    case "$enabled" in *" $api.googleapis.com "*) ;; *) wanted="$wanted $api.googleapis.com" ;; esac
  done
  # shellcheck disable=SC2086 # words
  if [ -n "$wanted" ]; then run gcloud services enable $wanted; else say 'all are enabled'; fi

  secret "$salt" 'the salt'
  secret "$encryptionKey" 'the encryption key'
  step 'what would be uploaded' 'see the message above'
  source=$(uploaded | openssl dgst -sha256 -r | cut -c1-64)
  say "$source"
  for id in $ids; do connector "$id"; done
  step='' fix=''
  printf '\ndone. next: ./deploy.sh smoke\n'
}

# Makes a secret unless it is there. What it holds is made here, goes through a pipe, and is never overwritten: pseudonyms depend on it.
secret() {
  local version=$1 name=${1%/versions/*}
  step "$2: $version" "needs roles/secretmanager.admin on $project; or name a secret that is there in psoxy.yaml"
  if exists gcloud secrets versions describe "$version" --format='value(state)'; then
    if grep -qi '^enabled$' "$work/output"; then say 'is there'; return; fi
    printf 'it is %s\n' "$(cat "$work/output")" >&2; exit 1
  fi
  if [ "${version##*/}" != 1 ]; then printf 'it is not there, and only a first version is made here\n' >&2; exit 1; fi
  # Half-way made by a run that broke off: the secret is there, its first version is not.
  if exists gcloud secrets describe "$name" --format='value(name)'; then run filled gcloud secrets versions add "$name" --data-file=-
  else run filled gcloud secrets create "$name" --replication-policy=automatic --data-file=-; fi
}

# 36 random bytes as text, straight into a command: never an argument, never a file, no line break at the end.
filled() { openssl rand -base64 36 | tr -d '\n' | "$@"; }

connector() {
  local member version content state i
  settings "$1"
  member="serviceAccount:$serviceAccount"
  step "$1: service account $serviceAccount" "needs roles/iam.serviceAccountAdmin on $project"
  if exists gcloud iam service-accounts describe "$serviceAccount" --format='value(email)'; then say 'is there'
  else run gcloud iam service-accounts create "$name" --display-name="Psoxy function $1"; fi

  step "$1: may read its secrets, and nothing else" "needs roles/secretmanager.admin on the secrets' project"
  for version in "$salt" "$encryptionKey" $certificate; do
    members roles/secretmanager.secretAccessor gcloud secrets get-iam-policy "${version%/versions/*}"
    if is_member "$member"; then say "may read ${version%/versions/*}"
    else run gcloud secrets add-iam-policy-binding "${version%/versions/*}" --member="$member" --role=roles/secretmanager.secretAccessor --condition=None --format=none; fi
  done

  step "$1: function $name" "needs roles/cloudfunctions.developer and roles/run.admin on $project, and roles/iam.serviceAccountUser on $serviceAccount; a failed build tells more in: gcloud builds list --region=$region"
  psoxy config env --connector "$1" --config "$config" >"$work/$name.yaml"
  content=$({ cat "$work/$name.yaml"; printf '%s\n' "$source" "$functionClass" "$memory" "$minInstances" "$maxInstances" "$timeout" "$salt" "$encryptionKey" "$certificate" "$serviceAccount"; } | openssl dgst -sha256 -r | cut -c1-40)
  state=''
  for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if ! exists gcloud functions describe "$name" --gen2 --region="$region" --format='value[separator=" "](state,labels.psoxy-content,stateMessages)'; then break; fi
    state=$(cat "$work/output")
    case "$state" in DEPLOYING*) say "an earlier deployment is under way; looking again ($i)"; sleep "${PSOXY_POLL:-15}" ;; *) break ;; esac
  done
  # After an update that failed, Google may show the new label beside the old revision, with the reason as a message.
  if [ "$(printf '%s' "$state" | sed 's/ *$//')" = "ACTIVE $content" ]; then say 'is there, and nothing has changed'
  else
    if [ -n "$dry" ]; then say "(the file of --env-vars-file is what this prints: psoxy config env --connector $1)"; fi
    run gcloud functions deploy "$name" --gen2 --region="$region" --runtime=dotnet10 --source=. --trigger-http --no-allow-unauthenticated \
      --entry-point="$functionClass" --service-account="$serviceAccount" --memory="$memory" --min-instances="$minInstances" --max-instances="$maxInstances" --timeout="${timeout}s" \
      --env-vars-file="$work/$name.yaml" --set-secrets="PSOXY_SALT=${salt%/versions/*}:${salt##*/},PSOXY_ENCRYPTION_KEY=${encryptionKey%/versions/*}:${encryptionKey##*/}${certificate:+,CLIENT_CERTIFICATE=${certificate%/versions/*}:${certificate##*/}}" \
      --set-build-env-vars=GOOGLE_BUILDABLE=functions/Psoxy.Gcp/Psoxy.Gcp.csproj,GoogleCloudPackages=nuget --update-labels="psoxy-content=$content" --format=none
  fi

  step "$1: callers" "needs roles/run.admin on $project"
  members roles/run.invoker gcloud run services get-iam-policy "$name" --region="$region"
  for member in $invokers; do
    if is_member "$member"; then say "$member may call"
    else run gcloud functions add-invoker-policy-binding "$name" --region="$region" --member="$member" --format=none; fi
  done
  while read -r member; do
    case " $invokers " in
      *" $member "*) ;;
      *) run gcloud functions remove-invoker-policy-binding "$name" --region="$region" --member="$member" --format=none </dev/null ;;
    esac
  done <"$work/members"
  if [ -z "$invokers" ]; then say 'psoxy.yaml names no callers: nobody may call'; fi
}

# The names and digests of all that gcloud would upload.
uploaded() { gcloud meta list-files-for-upload . | LC_ALL=C sort | tr '\n' '\0' | xargs -0 openssl dgst -sha256 -r; }

destroy() {
  local id version member answer
  if [ -z "$yes" ] && [ -z "$dry" ]; then
    printf 'This deletes in %s the functions and service accounts of: %s\n' "$project" "$ids"
    if [ "$forget" -ge 2 ]; then printf 'It also deletes salt and key: no pseudonym that was ever made can be made again.\n'; fi
    printf 'Type the project id to go on: '
    read -r answer || answer=''
    if [ "$answer" != "$project" ]; then printf '\nnothing was changed\n' >&2; exit 1; fi
  fi
  for id in $ids; do
    settings "$id"
    member="serviceAccount:$serviceAccount"
    step "$id: function $name" "needs roles/cloudfunctions.developer on $project"
    if exists gcloud functions describe "$name" --gen2 --region="$region" --format='value(name)'; then run gcloud functions delete "$name" --gen2 --region="$region" --quiet; else say 'is not there'; fi
    step "$id: service account $serviceAccount" "needs roles/iam.serviceAccountAdmin on $project"
    for version in "$salt" "$encryptionKey" $certificate; do
      members roles/secretmanager.secretAccessor gcloud secrets get-iam-policy "${version%/versions/*}"
      if is_member "$member"; then run gcloud secrets remove-iam-policy-binding "${version%/versions/*}" --member="$member" --role=roles/secretmanager.secretAccessor --condition=None --format=none; fi
    done
    if exists gcloud iam service-accounts describe "$serviceAccount" --format='value(email)'; then run gcloud iam service-accounts delete "$serviceAccount" --quiet; else say 'is not there'; fi
  done
  step 'salt and key' "needs roles/secretmanager.admin on $project"
  for version in "$salt" "$encryptionKey"; do
    if [ "$forget" -lt 2 ]; then say "${version%/versions/*} stays (--forget-pseudonyms twice deletes it)"
    elif exists gcloud secrets describe "${version%/versions/*}" --format='value(name)'; then run gcloud secrets delete "${version%/versions/*}" --quiet; fi
  done
  step='' fix=''
  printf '\ndone. Entra applications stay: psoxy entra destroy. So do the APIs, and what builds left in Artifact Registry (gcf-artifacts) and Cloud Storage (gcf-v2-*).\n'
}

step='the psoxy command' fix='install the .NET SDK that global.json asks for'
need dotnet 'the .NET SDK that global.json asks for'
cli=${PSOXY_CLI:-$here/tools/Psoxy.Cli/bin/Release/net10.0/psoxy.dll}
if [ -z "${PSOXY_CLI:-}" ] && ! dotnet build tools/Psoxy.Cli -c Release -v q -nologo >"$work/build" 2>&1; then cat "$work/build" >&2; exit 1; fi
step="read $config" fix="psoxy config check --config $config"
settings
ids=${chosen:-$connectors}
export CLOUDSDK_CORE_PROJECT=$project CLOUDSDK_CORE_DISABLE_PROMPTS=1

case "$command" in
  check) check; step='' ;;
  apply | destroy) need gcloud 'the Google Cloud CLI'; need openssl openssl; "$command" ;;
  smoke | todo)
    step=''
    options=''
    for id in $chosen; do options="$options --connector $id"; done
    # shellcheck disable=SC2086 # words
    psoxy "$command" --config "$config" $options ;;
esac
