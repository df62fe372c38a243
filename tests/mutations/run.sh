#!/usr/bin/env bash
# Breaks the product on purpose, one line at a time, in a copy of the work tree, and tells whether the tests notice.
# tests/mutations/run.sh [PATTERN]: only the mutations whose name matches. Exit code 1 if one goes unseen.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
pattern=${1:-.}
(cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - 2>/dev/null) | tar -xf - -C "$copy"

bin=$copy/tests/Psoxy.Core.Tests/bin/Debug/net10.0
dotnet build "$copy/tests/Psoxy.Core.Tests" -v q -nologo >"$copy/build.log" 2>&1 || { tail -n 30 "$copy/build.log" >&2; exit 2; }

# Only the product changes, so only that is built again. What holds the data to Graph's model cannot tell about the code.
tested() {
  dotnet build "$copy/functions/Psoxy.Core" -v q -nologo >"$copy/build.log" 2>&1 || { echo "does not build"; return; }
  cp "$copy"/functions/Psoxy.Core/bin/Debug/net10.0/Psoxy.Core.* "$bin"/
  if timeout 600 dotnet test "$copy/tests/Psoxy.Core.Tests" --no-build --nologo --filter FullyQualifiedName!~Completeness >"$copy/test.log" 2>&1; then echo UNSEEN; else echo red; fi
}

first=$(tested)
[ "$first" = UNSEEN ] || { echo "without a mutation the tests should pass, but: $first" >&2; tail -n 30 "$copy"/*.log >&2; exit 2; }

unseen=0
count=0
while IFS= read -r name && IFS= read -r file && IFS= read -r from && IFS= read -r to; do
  IFS= read -r _ || true
  [[ $name =~ $pattern ]] || continue
  count=$((count + 1))
  original=$(cat "$copy/$file"; printf x)
  if [[ $original != *"$from"* ]]; then
    verdict="the line is not in $file any more"
  else
    printf '%s' "${original/"$from"/"$to"}" | sed '$ s/x$//' >"$copy/$file"
    verdict=$(tested)
    printf '%s' "${original%x}" >"$copy/$file"
  fi
  [ "$verdict" = red ] || unseen=$((unseen + 1))
  printf '%-70s %s\n' "$name" "$verdict"
done < <(grep -v '^#' "$(dirname "${BASH_SOURCE[0]}")/mutations.txt")
echo "$count mutations, $unseen not seen"
[ "$unseen" -eq 0 ]
